"""Tests of Vault."""
