"""Every secret is replaced within ninety days, and somebody hears that it is due."""

from policies.checks import at_most, present
from policies.demands import on
from policies.kinds import SECRET
from policies.rule import Rule

RULE = Rule(
    id="secret-rotated",
    title="Every secret is replaced within ninety days, and somebody hears that it is due",
    portuguese="Todo segredo é trocado em até noventa dias, e alguém é avisado de que chegou a hora",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(5)(ii)(D)",),
    demands=(
        on(
            SECRET,
            at_most("rotation.rotationPeriod", 90 * 24 * 3600, "s"),
            present("topics", "name the topic that asks for a new value"),
        ),
    ),
)
