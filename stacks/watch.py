"""Who watches the cloud side: its logs, the trail for auditors, and who is told of what."""

from collections.abc import Iterator, Mapping

from pulumi import Output

from components.classification import Classification
from components.cloud.watch.alerts import Alerts, AlertsArgs
from components.cloud.watch.audit_trail import AuditTrail, AuditTrailArgs
from components.cloud.watch.logs import Logs, LogsArgs
from settings.names import AUDIT_LOGS
from stacks import keys as use
from stacks.ground import Ground
from stacks.holding import Holding


def build_watch(ground: Ground, keys: Mapping[str, Output[str]], buckets: Mapping[str, Output[str]]) -> None:
    """Logs in the region, the audit trail in its bucket, and a message to whoever is on call."""
    project, settings = ground.project, ground.settings
    logs = LogsArgs(
        project=project, region=ground.cloud.region, key=keys[use.LOGS], kept_days=ground.care.log_days
    )
    Logs("logs", logs, ground.guarded)
    AuditTrail("audit-trail", AuditTrailArgs(project=project, bucket=buckets[AUDIT_LOGS]), ground.where)
    alerts = AlertsArgs(project=project, mail=settings.hospital.on_call, labels=settings.labels)
    Alerts("alerts", alerts, ground.where)


def holdings(ground: Ground) -> Iterator[Holding]:
    """What the logs hold."""
    yield Holding(store="logs", classification=Classification.INTERNAL, location=ground.cloud.region)
