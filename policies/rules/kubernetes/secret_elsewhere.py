"""No password of a database stands in a Kubernetes Secret that the program writes."""

from collections.abc import Mapping

from policies.checks import Check
from policies.demands import on
from policies.kinds import KUBERNETES_SECRET
from policies.rule import Rule


def without_passwords(field: str) -> Check:
    """A mapping none of whose keys is called like a password."""

    def holds(found: object) -> bool:
        keys = found if isinstance(found, Mapping) else ()
        return not any("passw" in key.lower() for key in keys)

    wanted = "let the Secret Manager add-on or External Secrets bring it"
    return Check(path=field, wanted=wanted, holds=holds, wrong=({"PASSWORD": "c2VjcmV0"},))


RULE = Rule(
    id="secret-elsewhere",
    title="No password of a database stands in a Kubernetes Secret that the program writes",
    portuguese="Nenhuma senha de banco de dados está em um Secret do Kubernetes escrito pelo programa",
    severity="mandatory",
    controls=("HIPAA 164.312(a)(2)(iv)", "CIS GKE Autopilot 4.4.1", "CIS Kubernetes 5.4.2"),
    demands=(on(KUBERNETES_SECRET, *(without_passwords(field) for field in ("data", "stringData"))),),
)
