"""Reusable parts of the platform: each a noun, its arguments and its outputs."""

from components.sdk import narrow

narrow("pulumi_gcp.compute", "pulumi_gcp.storage", "pulumi_kubernetes.core.v1")
