"""Tests of components/cloud/cluster/."""
