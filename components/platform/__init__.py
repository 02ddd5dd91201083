"""What every Kubernetes cluster gets."""
