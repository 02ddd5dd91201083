"""Only named repositories and branches may act as our pipelines."""

from policies.checks import like, present
from policies.demands import on
from policies.kinds import FEDERATION
from policies.rule import Rule
from policies.subjects import of


def pinned(condition: str) -> bool:
    """Whether a condition names who by a number that nobody can take over, and from which branch."""
    who = ("repository_id", "repository_owner_id")
    where = ("assertion.ref", "assertion.environment", "assertion.sub", "job_workflow_ref")
    return any(word in condition for word in who) and any(word in condition for word in where)


RULE = Rule(
    id="federation-pinned",
    title="Only named repositories and branches may act as our pipelines",
    portuguese="Só repositórios e ramos nomeados agem como nossos pipelines",
    severity="mandatory",
    controls=("HIPAA 164.312(d)", "CKV_GCP_118", "CKV_GCP_125"),
    demands=(
        on(
            of(FEDERATION, where=present("oidc", "it is about OpenID Connect")),
            like(
                "attributeCondition",
                pinned,
                "compare repository_id or repository_owner_id, and ref or environment",
                "true",
                "assertion.repository_id == '1'",
                "assertion.ref == 'refs/heads/main'",
            ),
        ),
    ),
)
