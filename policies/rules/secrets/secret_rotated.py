"""Every secret is replaced within ninety days, or says why it never can be."""

from typing import Final

from policies.checks import absent, at_most, like, present
from policies.demands import on
from policies.kinds import SECRET
from policies.rule import Rule
from policies.subjects import of

LASTING: Final = 'annotations["prontuario.lasting"]'
"""Why a value is never replaced."""


def _says(reason: str) -> bool:
    """Whether a reason is one."""
    return len(reason) >= 20  # noqa: PLR2004 -- the wanted text says it


RULE = Rule(
    id="secret-rotated",
    title="Every secret is replaced within ninety days, or says why it never can be",
    portuguese="Todo segredo é trocado em até noventa dias, ou diz por que nunca pode ser",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(5)(ii)(D)",),
    demands=(
        on(
            of(SECRET, where=absent(LASTING)),
            at_most("rotation.rotationPeriod", 90 * 24 * 3600, "s"),
            present("topics", "name the topic that asks for a new value"),
        ),
        on(
            of(SECRET, where=present(LASTING, "it is kept for ever")),
            like(LASTING, _says, "say why it cannot be replaced, in twenty letters or more", "no"),
        ),
    ),
)
