"""Machines act under an account of their own."""

from policies.checks import present
from policies.demands import on
from policies.kinds import INSTANCE, TEMPLATE
from policies.rule import Rule
from policies.subjects import of

RULE = Rule(
    id="machine-account",
    title="Machines act under an account of their own",
    portuguese="As máquinas agem com uma conta própria",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(4)", "CIS GCP 4.1", "CIS GCP 4.2", "CKV_GCP_30", "CKV_GCP_31"),
    demands=(on(of(INSTANCE, TEMPLATE), present("serviceAccount.email", "name an account of its own")),),
)
