"""The hospital's own machines, and what keeps patients' data on them."""
