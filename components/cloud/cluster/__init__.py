"""The Kubernetes cluster in the cloud, and what it may run."""
