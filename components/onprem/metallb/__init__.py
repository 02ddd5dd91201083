"""Addresses of the hospital's own network for services."""
