"""Networks are made by hand, log their flows, and reach Google's APIs privately."""

from policies.checks import false, present, true
from policies.demands import on
from policies.kinds import NETWORK, SUBNET
from policies.rule import Rule

RULE = Rule(
    id="network-watched",
    title="Networks are made by hand, log their flows, and reach Google's APIs privately",
    portuguese="As redes são desenhadas à mão, registram seus fluxos e alcançam as APIs do Google em privado",
    severity="mandatory",
    controls=("HIPAA 164.312(b)", "CIS GCP 3.1", "CIS GCP 3.8", "CKV_GCP_26", "CKV_GCP_74"),
    demands=(
        on(NETWORK, false("autoCreateSubnetworks")),
        on(SUBNET, true("privateIpGoogleAccess"), present("logConfig", "log every flow")),
    ),
)
