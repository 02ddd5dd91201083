"""Nobody may act as every account of the project."""

from policies.checks import none_of
from policies.demands import on
from policies.kinds import PROJECT_GRANT
from policies.rule import Rule

ACTING = (
    "roles/iam.serviceAccountUser",
    "roles/iam.serviceAccountTokenCreator",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountKeyAdmin",
    "roles/resourcemanager.projectIamAdmin",
)

RULE = Rule(
    id="impersonation-narrow",
    title="Nobody may act as every account of the project",
    portuguese="Ninguém pode agir como todas as contas do projeto",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(4)", "CIS GCP 1.5", "CIS GCP 1.6", "CKV_GCP_41", "CKV_GCP_42", "CKV_GCP_49"),
    demands=(on(PROJECT_GRANT, none_of("role", *ACTING)),),
)
