"""Scripts of machines, run for real: in a Debian root, behind its own SSH server on loopback."""
