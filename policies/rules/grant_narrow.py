"""Nobody holds a basic role, and nothing is granted to everybody."""

from collections.abc import Iterator

from policies.rule import Fault, Rule, at
from toolkit.graph import Graph

BASIC = {"roles/owner", "roles/editor", "roles/viewer"}
EVERYBODY = {"allUsers", "allAuthenticatedUsers"}


def check(graph: Graph) -> Iterator[Fault]:
    """Grants of basic roles or to everybody, wherever they are made."""
    for grant in graph.resources.values():
        if at(grant, "role") in BASIC:
            yield grant.urn, f"role is {at(grant, 'role')}; grant the narrow role that the work needs"
        if at(grant, "member") in EVERYBODY:
            yield grant.urn, f"member is {at(grant, 'member')}; name who may"


RULE = Rule(
    id="grant-narrow",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.308(a)(4)", "CKV_GCP_28", "CKV_GCP_49", "CKV_GCP_117"),
    check=check,
)
