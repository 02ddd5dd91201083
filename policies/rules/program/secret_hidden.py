"""No secret stands in clear, in no property and no output."""

from policies.hidden import Hidden
from policies.rule import Rule

RULE = Rule(
    id="secret-hidden",
    title="No secret stands in clear, in no property and no output",
    portuguese="Nenhum segredo está às claras, em nenhuma propriedade nem saída",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(a)(2)(iv)", "HIPAA 164.308(a)(5)(ii)(D)"),
    demands=(Hidden(),),
)
