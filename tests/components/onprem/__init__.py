"""The hospital's own machines."""
