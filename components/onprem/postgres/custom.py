"""What a program says of a custom resource."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Custom:
    """One custom resource, but for where it is and whose."""

    api: str = "postgresql.cnpg.io/v1"
    kind: str
    name: str
    spec: Mapping[str, Any]
