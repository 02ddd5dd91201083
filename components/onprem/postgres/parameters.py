"""PostgreSQL's parameters: who did what is told, and never with a patient's data in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

AUDIT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pgaudit.log": "ddl,role,read,write",
        "pgaudit.log_catalog": "off",  # clients look into the catalogue all the time; no patient is there
        "pgaudit.log_relation": "on",
        "pgaudit.log_statement": "off",
        "pgaudit.log_parameter": "off",
    }
)
"""Every read and write of a table, every change of structure and of rights: who, when, from where, which
table (HIPAA 45 CFR 164.312(b), LGPD art. 37). Neither the statement's text nor its parameters, as both carry
what was looked for: which patient was read is the services' own audit. Functions, transactions and settings
stay out. What is refused for lack of rights never reaches pgaudit: the client is told, and nobody else."""

DISCRETION: Final[Mapping[str, str]] = MappingProxyType(
    {
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
        "log_min_duration_sample": "-1",
        "log_transaction_sample_rate": "0",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "debug_print_plan": "off",
    }
)
"""A failed statement is told to its client only: "invalid input syntax for type uuid", and the text after it,
is what somebody typed into a form, and a violated key is quoted whole. ``log`` stands above errors and below
what ends a connection or the server, which are told. So damaged blocks show in no log either: they are
counted (``metrics.QUERIES``), and an alert watches the count."""

ACCESS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ssl_min_protocol_version": "TLSv1.3",
        "ssl_max_protocol_version": "TLSv1.3",
        "password_encryption": "scram-sha-256",
        "authentication_timeout": "15s",
        "log_connections": "on",
        "log_disconnections": "on",
        "log_hostname": "off",
        "log_replication_commands": "on",
    }
)
"""Who comes in, and how."""

PATIENCE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "statement_timeout": "15min",
        "idle_in_transaction_session_timeout": "5min",
        "tcp_keepalives_idle": "60",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "6",
        "client_connection_check_interval": "10s",
        "wal_sender_timeout": "30s",
    }
)
"""Nothing hangs for ever. Roles may have less, and one that copies whole tables over the WAN needs more; the
operator's five seconds for ``wal_sender_timeout`` are for neighbours, and the cloud is behind a WAN."""

DURABILITY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "wal_level": "logical",
        "wal_compression": "on",
        "archive_timeout": "300s",
        "checkpoint_timeout": "15min",
        "max_wal_size": "4GB",
        "hot_standby_feedback": "on",
        "pg_failover_slots.synchronize_slot_names": "name_like:%",
        "max_replication_slots": "32",
        "max_wal_senders": "16",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
    }
)
"""What is confirmed stays, and at most five minutes of it are not in the archive yet. A parameter of
pg_failover_slots has the operator load it: logical slots outlive the primary, which 15 alone cannot do."""

ORDER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_checkpoints": "on",
        "log_lock_waits": "on",
        "log_temp_files": "0",
        "log_autovacuum_min_duration": "1min",
        "max_connections": "200",
    }
)

FIXED: Final[Mapping[str, str]] = MappingProxyType(
    {**AUDIT, **DISCRETION, **ACCESS, **PATIENCE, **DURABILITY, **ORDER}
)
"""The same everywhere."""

KEPT_FOR_SLOTS: Final = 0.4
"""Of the disk of the write-ahead log: what a subscriber that is away may keep from being recycled. The rest
is for what the archive has not taken yet, which nothing but the disk limits."""


def parameters(*, memory_gib: int, wal_gib: int) -> Mapping[str, str]:
    """All parameters for a server with that much memory, and a disk of that size for its log."""
    return {
        **FIXED,
        "shared_buffers": f"{memory_gib * 256}MB",
        "effective_cache_size": f"{memory_gib * 640}MB",
        "maintenance_work_mem": f"{memory_gib * 32}MB",
        "work_mem": "8MB",
        "max_slot_wal_keep_size": f"{int(wal_gib * 1024 * KEPT_FOR_SLOTS)}MB",
    }
