"""Tests of components/cloud/database/."""
