"""No key that opens a machine lies in the state."""

from policies.checks import absent
from policies.demands import on
from policies.kinds import REMOTE_SCRIPTS
from policies.rule import Rule
from policies.subjects import of

WANTED = "leave it out: the SSH agent of whoever deploys has the key"

RULE = Rule(
    id="machine-keyless",
    title="No key that opens a machine lies in the state",
    portuguese="Nenhuma chave que abre uma máquina fica no estado",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(5)(ii)(D)", "HIPAA 164.312(a)(2)(i)"),
    demands=(
        on(
            of(*REMOTE_SCRIPTS),
            *(
                absent(f"connection.{way}{key}", WANTED)
                for way in ("", "proxy.")
                for key in ("password", "privateKey", "privateKeyPassword")
            ),
        ),
    ),
)
