"""What the operator's own metrics do not tell."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

CHECKSUMS: Final = """\
SELECT coalesce(datname, 'shared') AS datname, coalesce(checksum_failures, 0) AS failures
FROM pg_catalog.pg_stat_database"""

SLOTS: Final = """\
SELECT slot_name, slot_type,
       (wal_status = 'lost')::int AS lost,
       coalesce(safe_wal_size, -1) AS safe_bytes
FROM pg_catalog.pg_replication_slots
WHERE NOT temporary"""

QUERIES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "pg_checksums": {
            "query": CHECKSUMS,
            "metrics": [
                {"datname": {"usage": "LABEL", "description": "Database"}},
                {"failures": {"usage": "COUNTER", "description": "Damaged blocks that were read"}},
            ],
        },
        "pg_slots": {
            "query": SLOTS,
            "metrics": [
                {"slot_name": {"usage": "LABEL", "description": "Slot"}},
                {"slot_type": {"usage": "LABEL", "description": "physical or logical"}},
                {"lost": {"usage": "GAUGE", "description": "1 when what its reader needs is gone"}},
                {"safe_bytes": {"usage": "GAUGE", "description": "Bytes until it is lost; -1: no limit"}},
            ],
        },
    }
)
"""For a ConfigMap that the operator reads; metrics are called ``cnpg_<query>_<column>``. Damaged blocks show
in no log (``parameters.DISCRETION``), so they are counted here."""

KEY: Final = "queries"
"""The ConfigMap's key."""
