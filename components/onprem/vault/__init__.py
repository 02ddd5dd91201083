"""Vault in the hospital: secrets that live for an hour, and keys that never leave it."""
