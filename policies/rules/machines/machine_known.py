"""A machine that is entered proves that it is the one that is meant."""

from collections.abc import Mapping

from policies.checks import Check, present
from policies.demands import on
from policies.kinds import REMOTE_SCRIPTS
from policies.rule import Rule
from policies.subjects import of

WANTED = "write the machine's public SSH key, which another machine cannot show"


def _known(proxy: object) -> bool:
    """Whether there is no machine in between, or one whose key is known."""
    return proxy is None or (isinstance(proxy, Mapping) and bool(proxy.get("hostKey")))


RULE = Rule(
    id="machine-known",
    title="A machine that is entered proves that it is the one that is meant",
    portuguese="A máquina em que se entra prova que é a que se quer",
    severity="mandatory",
    controls=("HIPAA 164.312(d)", "HIPAA 164.312(e)(1)"),
    demands=(
        on(
            of(*REMOTE_SCRIPTS),
            present("connection.hostKey", WANTED),
            Check(path="connection.proxy", wanted=WANTED, holds=_known, wrong=({"host": "203.0.113.11"},)),
        ),
    ),
)
