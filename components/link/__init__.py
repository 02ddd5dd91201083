"""The link between hospitals and cloud."""
