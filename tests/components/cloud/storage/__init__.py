"""Tests of components/cloud/storage/."""
