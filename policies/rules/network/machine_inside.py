"""Machines have no public address and forward nothing."""

from policies.checks import absent
from policies.demands import on
from policies.kinds import INSTANCE, TEMPLATE
from policies.rule import Rule
from policies.subjects import of

RULE = Rule(
    id="machine-inside",
    title="Machines have no public address and forward nothing",
    portuguese="As máquinas não têm endereço público e nada encaminham",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(e)(1)", "CIS GCP 4.6", "CIS GCP 4.9", "CKV_GCP_36", "CKV_GCP_40"),
    demands=(
        on(
            of(INSTANCE, TEMPLATE),
            absent("canIpForward", "leave it out, or have the exception of a gateway accepted", wrong=True),
            absent(
                "networkInterfaces[*].accessConfigs",
                "leave it out, or have the exception accepted",
                wrong=[{}],
            ),
        ),
    ),
)
