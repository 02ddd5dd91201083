"""Longhorn."""
