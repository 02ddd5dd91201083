"""Whoever is asked for a new secret answers, and what he misses is not lost."""

from policies.checks import present
from policies.demands import matched
from policies.kinds import SECRET, SUBSCRIPTION, TOPIC
from policies.rule import Rule
from policies.subjects import of

ASKED = of(TOPIC, named=(of(SECRET), "topics"))
ANSWERING = of(SUBSCRIPTION, where=present("deadLetterPolicy.deadLetterTopic", "name a dead-letter topic"))

RULE = Rule(
    id="secret-consumed",
    title="Whoever is asked for a new secret answers, and what he misses is not lost",
    portuguese="Quem é chamado a trocar um segredo responde, e o que ele perde não se perde",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(5)(ii)(D)", "HIPAA 164.308(a)(6)(ii)"),
    demands=(matched(ASKED, ANSWERING, "topic", "subscribe to it, with a dead-letter topic"),),
)
