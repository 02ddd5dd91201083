"""Tests of components/link/."""
