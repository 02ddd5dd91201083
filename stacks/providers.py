"""The only place where providers are made: one for each cloud project and each cluster."""

from pulumi import Output, ResourceOptions
from pulumi_gcp import Provider as Google
from pulumi_kubernetes import Provider as Kubernetes

from settings import Cloud, Cluster, Site


def google(cloud: Cloud) -> ResourceOptions:
    """Where the cloud side goes. Credentials come from the environment: from CI's workload identity."""
    provider = Google("google", project=cloud.project, region=cloud.region)
    return ResourceOptions(providers=[provider])


def local_cluster(cluster: Cluster) -> ResourceOptions:
    """Where dev goes: a cluster that the kubeconfig of whoever runs Pulumi knows by this context."""
    provider = Kubernetes("cluster", context=cluster.context)
    return ResourceOptions(providers=[provider])


def site_cluster(site: Site, kubeconfig: Output[str]) -> ResourceOptions:
    """Where what runs in a hospital goes: the cluster that this stack makes there."""
    provider = Kubernetes(f"{site.name}-cluster", kubeconfig=kubeconfig)
    return ResourceOptions(providers=[provider])
