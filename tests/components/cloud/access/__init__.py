"""Tests of components/cloud/access/."""
