"""How careful each environment is. A reviewer reads dev, staging and prod side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from settings.fields import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class Care:
    """Availability, protection, retention and sizes of one environment."""

    protect: bool
    """Whether Pulumi refuses to delete what holds data."""
    hardware_keys: bool
    """Whether encryption keys live in a hardware module (FIPS 140-2 level 3)."""
    nat_addresses: int
    """Fixed outgoing addresses, 1 to 4."""
    soft_delete_days: int
    """How long a deleted object can be restored; 7 to 90."""
    noncurrent_days: int
    """How long an overwritten version of an object is kept."""
    backup_days: int
    """How long backups are kept."""
    audit_days: int
    """How long audit logs are kept: six years in prod (HIPAA, 45 CFR 164.316(b)(2)(i))."""
    holds: bool
    """Whether patient documents are held until released (Brazilian Law 13.787/2018)."""


CARE: Final[Mapping[Environment, Care]] = MappingProxyType(
    {
        Environment.DEV: Care(
            protect=False,
            hardware_keys=False,
            nat_addresses=1,
            soft_delete_days=7,
            noncurrent_days=7,
            backup_days=7,
            audit_days=7,
            holds=False,
        ),
        Environment.STAGING: Care(
            protect=False,
            hardware_keys=False,
            nat_addresses=1,
            soft_delete_days=7,
            noncurrent_days=14,
            backup_days=14,
            audit_days=90,
            holds=False,
        ),
        Environment.PROD: Care(
            protect=True,
            hardware_keys=True,
            nat_addresses=2,
            soft_delete_days=30,
            noncurrent_days=90,
            backup_days=90,
            audit_days=2190,
            holds=True,
        ),
    }
)
