"""A machine that is entered proves that it is the one that is meant."""

from policies.checks import present
from policies.demands import on
from policies.kinds import REMOTE_SCRIPTS
from policies.rule import Rule
from policies.subjects import of

WANTED = "write the machine's public SSH key, which another machine cannot show"
THROUGH = present("connection.proxy", "it is entered through another machine")

RULE = Rule(
    id="machine-known",
    title="A machine that is entered proves that it is the one that is meant",
    portuguese="A máquina em que se entra prova que é a que se quer",
    severity="mandatory",
    controls=("HIPAA 164.312(d)", "HIPAA 164.312(e)(1)"),
    demands=(
        on(of(*REMOTE_SCRIPTS), present("connection.hostKey", WANTED)),
        on(of(*REMOTE_SCRIPTS, where=THROUGH), present("connection.proxy.hostKey", WANTED)),
    ),
)
