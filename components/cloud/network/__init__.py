"""The network, what passes through it, and how names resolve in it."""
