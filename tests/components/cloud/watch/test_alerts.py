"""Who is told of what."""

import pytest

from components.cloud.project import Project
from components.cloud.watch.alerts import Alerts, AlertsArgs
from components.cloud.watch.events import EVENTS
from tests.components.cloud.recorded import LABELS, Recording, anywhere, build, refused

CHANNEL = "NotificationChannel alerts"
EVERY_EVENT = pytest.mark.parametrize("event", EVENTS)
CIS = {
    "owners-changed": ("ProjectOwnership", "projectOwnerInvitee", "roles/owner"),
    "audit-changed": ("SetIamPolicy", "auditConfigDeltas"),
    "roles-changed": ("iam_role", "CreateRole", "DeleteRole", "UpdateRole"),
    "firewall-changed": ("compute.firewalls.", "compute.networkFirewallPolicies."),
    "routes-changed": ("gce_route", "compute.routes.insert", "compute.routes.delete"),
    "network-changed": ("gce_network", "insert", "patch", "delete", "removePeering", "addPeering"),
    "bucket-access-changed": ("gcs_bucket", "storage.setIamPermissions"),
    "database-changed": ("cloudsql.instances.update",),
}
"""What CIS GCP Foundations 2.4 to 2.11 look for."""


def program(project: Project) -> None:
    Alerts("alerts", AlertsArgs(project=project, mail="on-call@hospital.example", labels=LABELS))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("type", "email"),
        ("labels.email_address", "on-call@hospital.example"),
        ("enabled", None),
        ("forceDelete", None),
    ],
)
def test_whoever_is_on_call_has_a_channel(recording: Recording, path: str, expected: object) -> None:
    assert recording.at(CHANNEL, path) == expected


@EVERY_EVENT
def test_each_event_calls_on_what_the_logs_say(recording: Recording, event: str) -> None:
    alert = f"AlertPolicy alerts-{event}"
    assert recording.at(alert, "conditions.0.conditionMatchedLog.filter") == EVENTS[event].filter
    assert recording.at(alert, "alertStrategy.notificationRateLimit.period") == "3600s"
    assert recording.at(alert, "alertStrategy.autoClose") == "86400s"
    assert recording.at(alert, "combiner") == "OR"
    assert recording.at(alert, "enabled") is None
    assert recording.at(alert, "severity") == "WARNING"
    assert recording.at(alert, "documentation.content") == EVENTS[event].ask
    assert recording.at(alert, "displayName") == EVENTS[event].title
    assert recording.waits(alert) == {"Service apis-monitoring", CHANNEL}


@EVERY_EVENT
def test_each_event_is_counted(recording: Recording, event: str) -> None:
    metric = f"Metric alerts-{event}"
    assert recording.at(metric, "filter") == EVENTS[event].filter
    assert recording.at(metric, "metricDescriptor.metricKind") == "DELTA"
    assert recording.at(metric, "metricDescriptor.valueType") == "INT64"
    assert recording.at(metric, "disabled") is None
    assert recording.waits(metric) == {"Service apis-logging"}


def test_every_alert_reaches_the_channel() -> None:
    deployed = build(program, preview=False)
    alerts = deployed.addresses("AlertPolicy")
    assert len(alerts) == len(EVENTS)
    assert all(deployed.at(f"AlertPolicy {each}", "notificationChannels") == ["alerts-id"] for each in alerts)


@pytest.mark.parametrize("event", CIS)
def test_the_benchmarks_events_are_looked_for(event: str) -> None:
    assert [word for word in CIS[event] if word not in EVENTS[event].filter] == []


def test_an_alert_that_reaches_nobody_is_refused() -> None:
    with refused("mail 'on-call' is not an address: an alert that reaches nobody is none"):
        AlertsArgs(project=anywhere(), mail="on-call")
    with refused("alerts about nothing: name at least one event, or leave events out for all"):
        AlertsArgs(project=anywhere(), mail="on-call@hospital.example", events={})
