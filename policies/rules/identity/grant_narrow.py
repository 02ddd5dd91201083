"""Nobody holds a basic role, and nothing is granted to everybody."""

from policies.checks import excludes, none_of
from policies.demands import on
from policies.kinds import GRANTS
from policies.rule import Rule
from policies.subjects import of

EVERYBODY = ("allUsers", "allAuthenticatedUsers")

RULE = Rule(
    id="grant-narrow",
    title="Nobody holds a basic role, and nothing is granted to everybody",
    portuguese="Ninguém tem papel básico, e nada é concedido a todo mundo",
    severity="mandatory",
    controls=(
        "LGPD 46",
        "HIPAA 164.308(a)(4)",
        "CIS GCP 1.9",
        "CIS GCP 5.1",
        "CKV_GCP_28",
        "CKV_GCP_99",
        "CKV_GCP_101",
        "CKV_GCP_112",
        "CKV_GCP_117",
        "CKV2_GCP_6",
        "CKV2_GCP_8",
    ),
    demands=(
        on(
            of(*GRANTS),
            none_of("role", "roles/owner", "roles/editor", "roles/viewer"),
            none_of("member", *EVERYBODY, given=True),
            excludes("members", *EVERYBODY),
        ),
    ),
)
