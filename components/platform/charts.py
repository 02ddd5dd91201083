"""The charts of others that clusters run: one table, each pinned."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from pulumi import Input, ResourceOptions
from pulumi_kubernetes.helm.v3 import Release

PATIENCE: Final = 900
"""Seconds in which a release must be ready: images travel over the hospital's line the first time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """One chart at one version."""

    name: str
    version: str
    repository: str
    """``https://``, or ``oci://`` without the chart's name."""
    reversible: bool = True
    """Whether a failed release can be taken back; Longhorn neither goes back nor lets itself be removed."""


CHARTS: Final[Mapping[str, Chart]] = MappingProxyType(
    {
        chart.name: chart
        for chart in (
            Chart(name="cert-manager", version="v1.21.1", repository="oci://quay.io/jetstack/charts"),
            Chart(
                name="cloudnative-pg",
                version="0.29.0",
                repository="https://cloudnative-pg.github.io/charts",
            ),
            Chart(
                name="longhorn",
                version="1.12.1",
                repository="https://charts.longhorn.io",
                reversible=False,
            ),
            Chart(name="metallb", version="0.16.1", repository="https://metallb.github.io/metallb"),
            Chart(
                name="plugin-barman-cloud",
                version="0.7.0",
                repository="https://cloudnative-pg.github.io/charts",
            ),
            Chart(name="vault", version="0.34.1", repository="https://helm.releases.hashicorp.com"),
        )
    }
)


def release(
    name: str,
    chart: str,
    namespace: Input[str],
    values: Mapping[str, Any],
    opts: ResourceOptions,
) -> Release:
    """A chart of the table in a namespace that exists.

    A release that does not become ready is taken back; one that is not reversible stays as it is, and the
    next deployment goes on from there.
    """
    pinned = CHARTS[chart]
    by_oci = pinned.repository.startswith("oci://")
    return Release(
        name,
        name=chart,
        chart=f"{pinned.repository}/{chart}" if by_oci else chart,
        version=pinned.version,
        repository_opts=None if by_oci else {"repo": pinned.repository},
        namespace=namespace,
        create_namespace=False,
        values=values,
        atomic=pinned.reversible,
        cleanup_on_fail=pinned.reversible,
        timeout=PATIENCE,
        max_history=5,
        opts=opts,
    )
