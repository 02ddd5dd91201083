"""Which PostgreSQL runs."""

from typing import Final

MAJOR: Final = 15
"""What Cloud SQL runs too (``components.cloud.database.cloudsql.VERSION``), and what replication, erasure and recovery
to a point in time are proven on here. A publisher may be newer than its subscriber, but what is tested is one
version at both ends: both move together, before November 2027, when 15 gets no more fixes."""

IMAGE: Final = (
    "ghcr.io/cloudnative-pg/postgresql:15.19-202608170814-standard-bookworm"
    "@sha256:26ba4982eec1879a5fee632ccccdf37ff709250b1740e2a803468c5d34e98043"
)
"""For amd64 and arm64, with pgaudit and pg_failover_slots; on the Debian that the tests run PostgreSQL of.

From cloudnative-pg/artifacts, ``image-catalogs/catalog-standard-bookworm.yaml`` of 17 August 2026. The
operator reads the major version from the tag, and Kubernetes takes what the digest says."""

COLLATE: Final = "C"
"""Order by bytes: an image with another C library would order text anew, and break indexes without a word."""

CTYPE: Final = "C.UTF-8"
"""What is a letter, and its upper case, in all scripts; without an order."""
