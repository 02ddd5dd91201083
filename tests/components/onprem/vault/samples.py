"""Vault, for the contract tests."""

from collections.abc import Callable, Mapping

from pulumi import ResourceOptions

from components.base import Component
from components.onprem.vault.vault import Vault
from tests.components.onprem.vault.world import PROD


def _vault(name: str, opts: ResourceOptions | None) -> Component:
    return Vault(name, PROD, opts)


SAMPLES: Mapping[type[Component], Callable[[str, ResourceOptions | None], Component]] = {Vault: _vault}
