"""What is said of controls, rules and evidence."""

from collections.abc import Mapping
from typing import Final

from toolkit.audit.words.said import Said

STATUS: Final[Mapping[str, Said]] = {
    "pass": Said("Pass", "Atende"),
    "fail": Said("Fail", "Não atende"),
    "waived": Said("Waived", "Dispensado"),
    "unknown": Said("Unknown", "Desconhecido"),
    "not applicable": Said("Not applicable", "Não se aplica"),
}
MEANING: Final[Mapping[str, Said]] = {
    "pass": Said(
        "Every resource that the rule looks at has the property it asks for.",
        "Todo recurso examinado pela regra tem a propriedade exigida.",
    ),
    "fail": Said(
        "At least one resource does not, and nobody has accepted the risk.",
        "Ao menos um recurso não tem, e ninguém aceitou o risco.",
    ),
    "waived": Said(
        "A resource does not, and a named role has accepted the risk until a date.",
        "Um recurso não tem, e um responsável nomeado aceitou o risco até uma data.",
    ),
    "unknown": Said(
        "The value is encrypted, or only the deployment will tell it.",
        "O valor está cifrado, ou só a implantação o dirá.",
    ),
    "not applicable": Said(
        "The stack has no resource that the rule is about.",
        "A stack não tem nenhum recurso de que a regra trate.",
    ),
}
SEVERITY: Final[Mapping[str, Said]] = {
    "mandatory": Said("Mandatory", "Obrigatória"),
    "advisory": Said("Advisory", "Recomendada"),
}
NOT_IN_CATALOGUE: Final = Said(
    "Named by a rule; its wording is not in the catalogue of controls",
    "Citado por uma regra; seu texto não está no catálogo de controles",
)

TITLE: Final = Said("Control matrix", "Matriz de controles")
LEAD: Final = Said(
    "From each control to the rules that check it. A rule's name leads to its evidence.",
    "De cada controle às regras que o verificam. O nome da regra leva à sua evidência.",
)
CONTROL: Final = Said("Control", "Controle")
REQUIREMENT: Final = Said("What it asks for", "O que exige")
RULES: Final = Said("Rules", "Regras")
VERDICT: Final = Said("Verdict", "Resultado")

EVIDENCE_TITLE: Final = Said("Evidence by rule", "Evidência por regra")
EVIDENCE_LEAD: Final = Said(
    "Each property that a rule read, and the value that stands there.",
    "Cada propriedade que uma regra leu, e o valor que está lá.",
)
RESOURCE: Final = Said("Resource", "Recurso")
PROPERTY: Final = Said("Property", "Propriedade")
VALUE: Final = Said("Value", "Valor")
MISSING: Final = Said("not set", "não definido")
SERVES: Final = Said("Serves", "Atende a")
BROKEN: Final = Said(
    "The rule itself failed and proved nothing more:", "A própria regra falhou e nada mais provou:"
)
NOTHING: Final = Said("No resource to look at.", "Nenhum recurso a examinar.")
MORE: Final = Said("Show {count} more", "Mostrar mais {count}")
IN_JSON: Final = Said(
    "{count} more are in the JSON file beside this page.",
    "Há mais {count} no arquivo JSON ao lado desta página.",
)

FILTER: Final = Said("Filter", "Filtrar")
BY_STATUS: Final = Said("Verdict", "Resultado")
BY_FRAMEWORK: Final = Said("Framework", "Norma")
BY_TEXT: Final = Said("Text", "Texto")
CLEAR: Final = Said("Show all", "Mostrar tudo")
SHOWN: Final = Said("{count} of {total} controls", "{count} de {total} controles")
NONE_LEFT: Final = Said("Nothing matches this filter.", "Nada corresponde a este filtro.")
