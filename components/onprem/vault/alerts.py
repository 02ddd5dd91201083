"""What somebody must be told of Vault, as groups of Prometheus rules.

Metrics come from each server's port for them, in a job called ``vault``; the certificate's from cert-manager,
and the jobs' from kube-state-metrics.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

JOB: Final = 'job="vault"'
NAMESPACE: Final = 'namespace="vault"'
SUCCESS: Final = "kube_cronjob_status_last_successful_time"

WEEKS: Final = 21 * 86400
"""Seconds; cert-manager renews thirty days before the end, so nine days of trying have failed."""


WAN_DOWN: Final = "docs/runbooks/vault-wan-down.md"
CEREMONY: Final = "docs/runbooks/vault-ceremony.md"
CARE: Final = "docs/runbooks/vault-care.md"


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """One rule."""

    name: str
    when: str
    lasts: str
    says: str
    runbook: str
    critical: bool = True

    def rule(self) -> Mapping[str, Any]:
        """As Prometheus takes it."""
        return {
            "alert": self.name,
            "expr": self.when,
            "for": self.lasts,
            "labels": {"severity": "critical" if self.critical else "warning"},
            "annotations": {"summary": self.says, "runbook": self.runbook},
        }


ALERTS: Final[Sequence[Alert]] = (
    Alert(
        name="VaultSealed",
        when=f"vault_core_unsealed{{{JOB}}} == 0",
        lasts="2m",
        says="Vault server {{ $labels.instance }} is sealed: it opens nothing until it is unsealed",
        runbook=WAN_DOWN,
    ),
    Alert(
        name="VaultServerSilent",
        when=f"up{{{JOB}}} == 0",
        lasts="3m",
        says="Vault server {{ $labels.instance }} does not answer; without Cloud KMS it does not even start",
        runbook=WAN_DOWN,
    ),
    Alert(
        name="VaultWithoutLeader",
        when=f"(sum(vault_core_active{{{JOB}}}) or vector(0)) < 1",
        lasts="1m",
        says="No Vault server leads: nobody gets a secret",
        runbook=WAN_DOWN,
    ),
    Alert(
        name="VaultAuditFails",
        when=(
            "sum by (instance) (increase(vault_audit_log_request_failure[5m])) > 0"
            " or sum by (instance) (increase(vault_audit_log_response_failure[5m])) > 0"
        ),
        lasts="0m",
        says="{{ $labels.instance }} cannot write an audit log; once it can write none, it refuses all",
        runbook=CARE,
    ),
    Alert(
        name="VaultRaftUnsafe",
        when=f"max(vault_autopilot_failure_tolerance{{{JOB}}}) < 1 and count(up{{{JOB}}}) > 1",
        lasts="5m",
        says="Vault cannot lose another server: one of three is missing",
        runbook=CARE,
    ),
    Alert(
        name="VaultCertificateEnds",
        when=(
            'certmanager_certificate_expiration_timestamp_seconds{namespace="vault",name="vault-tls"}'
            f" - time() < {WEEKS}"
        ),
        lasts="1h",
        says="Vault's certificate ends within three weeks and was not renewed",
        runbook=CARE,
    ),
    Alert(
        name="VaultSnapshotOld",
        when=f'time() - max({SUCCESS}{{{NAMESPACE},cronjob="vault-snapshots"}}) > 13 * 3600',
        lasts="15m",
        says="Vault was not copied for more than twelve hours: two runs in a row are missing",
        runbook=CARE,
    ),
    Alert(
        name="VaultNotConfigured",
        when=f'time() - max({SUCCESS}{{{NAMESPACE},cronjob="vault-configuration"}}) > 3 * 3600',
        lasts="15m",
        says="Vault may not be what the program says: its job has not succeeded for three hours",
        runbook=CARE,
        critical=False,
    ),
)
"""Sealed, silent, without a leader, an audit log, a spare, and what would become so."""

GROUPS: Final[Sequence[Mapping[str, Any]]] = ({"name": "vault", "rules": [each.rule() for each in ALERTS]},)
