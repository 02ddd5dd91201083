"""A real Kubernetes control plane, and what the stacks' objects are to it."""
