"""The hospital's Kubernetes: one k3s cluster over the site's Linux machines."""
