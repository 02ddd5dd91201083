"""Somebody is told when owners, rights, networks, buckets or databases change."""

from policies.checks import equals, like, present
from policies.demands import exists, on
from policies.kinds import ALERT, METRIC, SERVICE
from policies.rule import Demand, Rule
from policies.subjects import of

EVENTS = (
    ("cloudresourcemanager.googleapis.com", "projectOwnerInvitee", "roles/owner"),
    ("SetIamPolicy", "auditConfigDeltas"),
    ("iam_role", "CreateRole", "DeleteRole", "UpdateRole"),
    ("firewall", "methodName"),
    ("gce_route", "compute.routes.insert", "compute.routes.delete"),
    ("gce_network", "compute.networks.insert", "compute.networks.delete"),
    ("gcs_bucket", "storage.setIamPermissions"),
    ("cloudsql.instances.update",),
)
"""The words by which the filter of each of CIS 2.4 to 2.11 is known, in their order."""

FILTER = "conditions[*].conditionMatchedLog.filter"


def told(*words: str) -> tuple[Demand, ...]:
    """A metric that counts the event, and an alert that tells of it."""
    wanted = f"count and tell {' '.join(words)}"

    def says(filter_: str) -> bool:
        return all(word in filter_ for word in words)

    metric = of(METRIC, where=like("filter", says, wanted, "nothing"))
    alert = of(ALERT, where=like(FILTER, says, wanted, "nothing"))
    return exists(metric, of(SERVICE), wanted), exists(alert, of(SERVICE), wanted)


RULE = Rule(
    id="changes-told",
    title="Somebody is told when owners, rights, networks, buckets or databases change",
    portuguese="Alguém é avisado quando mudam donos, direitos, redes, buckets ou bancos de dados",
    severity="mandatory",
    controls=(
        "LGPD 48",
        "HIPAA 164.308(a)(1)(ii)(D)",
        "HIPAA 164.308(a)(6)(ii)",
        "CIS GCP 2.4",
        "CIS GCP 2.5",
        "CIS GCP 2.6",
        "CIS GCP 2.7",
        "CIS GCP 2.8",
        "CIS GCP 2.9",
        "CIS GCP 2.10",
        "CIS GCP 2.11",
    ),
    demands=(
        *(demand for words in EVENTS for demand in told(*words)),
        on(
            ALERT,
            equals("enabled", value=True, unset=True),
            present("notificationChannels", "name whom to tell"),
        ),
    ),
)
