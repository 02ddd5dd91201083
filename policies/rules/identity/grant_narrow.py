"""Nobody holds a basic role, and nothing is granted to everybody."""

from policies.checks import excludes, none_of
from policies.demands import of, on
from policies.kinds import GRANTS
from policies.rule import Rule

EVERYBODY = ("allUsers", "allAuthenticatedUsers")

RULE = Rule(
    id="grant-narrow",
    title="Nobody holds a basic role, and nothing is granted to everybody",
    portuguese="Ninguém tem papel básico, e nada é concedido a todo mundo",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.308(a)(4)", "CKV_GCP_28", "CKV_GCP_49", "CKV_GCP_117"),
    demands=(
        on(
            of(*GRANTS),
            none_of("role", "roles/owner", "roles/editor", "roles/viewer"),
            none_of("member", *EVERYBODY, given=True),
            excludes("members", *EVERYBODY),
        ),
    ),
)
