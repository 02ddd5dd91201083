"""The platform of a cluster."""
