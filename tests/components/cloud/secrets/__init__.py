"""Tests of components/cloud/secrets/."""
