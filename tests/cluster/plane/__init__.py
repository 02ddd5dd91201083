"""The control plane: built, started, asked."""
