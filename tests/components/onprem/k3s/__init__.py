"""The k3s cluster."""
