"""Reusable parts of the platform: each a noun, its arguments and its outputs."""

from components.sdk import narrow

narrow(
    "pulumi_command.remote",
    "pulumi_gcp.compute",
    "pulumi_gcp.storage",
    "pulumi_kubernetes.apiextensions",
    "pulumi_kubernetes.core.v1",
    "pulumi_kubernetes.discovery.v1",
    "pulumi_kubernetes.helm.v3",
    "pulumi_kubernetes.networking.v1",
)
