"""Only named repositories, branches and pods may act in our name."""

import re

from policies.checks import like, present
from policies.demands import on
from policies.kinds import FEDERATION
from policies.rule import Rule
from policies.subjects import of

WHOLE = r"'system:serviceaccount:[-.a-z0-9]+:[-.a-z0-9]+'"

PODS = re.compile(rf"assertion\.sub in \[{WHOLE}(, {WHOLE})*\]")
"""Service accounts of a cluster, each written whole."""


def pinned(condition: str) -> bool:
    """Whether a condition names who by a number that nobody can take over, and from which branch; or pods."""
    if PODS.fullmatch(condition):
        return True
    who = ("repository_id", "repository_owner_id")
    where = ("assertion.ref", "assertion.environment", "assertion.sub", "job_workflow_ref")
    return any(word in condition for word in who) and any(word in condition for word in where)


RULE = Rule(
    id="federation-pinned",
    title="Only named repositories, branches and pods may act in our name",
    portuguese="Só repositórios, ramos e pods nomeados agem em nosso nome",
    severity="mandatory",
    controls=("HIPAA 164.312(d)", "CKV_GCP_118", "CKV_GCP_125"),
    demands=(
        on(
            of(FEDERATION, where=present("oidc", "it is about OpenID Connect")),
            like(
                "attributeCondition",
                pinned,
                "compare repository_id or repository_owner_id, and ref or environment; of a cluster, "
                "list the subjects of its pods",
                "true",
                "assertion.repository_id == '1'",
                "assertion.ref == 'refs/heads/main'",
                "assertion.sub.startsWith('system:serviceaccount:')",
                "assertion.sub in ['system:serviceaccount:data:*']",
            ),
        ),
    ),
)
