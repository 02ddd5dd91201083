"""The only place where providers are made: one for each cloud project and each cluster."""

from pulumi import ResourceOptions
from pulumi_gcp import Provider as Google
from pulumi_kubernetes import Provider as Kubernetes

from settings import Cloud, Cluster


def google(cloud: Cloud) -> ResourceOptions:
    """Where the cloud side goes. Credentials come from the environment: from CI's workload identity."""
    provider = Google("google", project=cloud.project, region=cloud.region)
    return ResourceOptions(providers=[provider])


def local_cluster(cluster: Cluster) -> ResourceOptions:
    """Where dev goes: a cluster that the kubeconfig of whoever runs Pulumi knows by this context."""
    provider = Kubernetes("cluster", context=cluster.context)
    return ResourceOptions(providers=[provider])
