"""Tests of components/cloud/watch/."""
