"""Tests of components/cloud/network/."""
