"""What is said of the law: legal bases, transfers, mechanisms.

The bases are what the platform was designed for. The person in charge of data protection confirms them.
"""

from collections.abc import Mapping
from typing import Final

from toolkit.audit.words.said import Said

BASES: Final[Mapping[str, Said]] = {
    "patient": Said(
        "LGPD art. 11, II, f: health protection, by health services",
        "LGPD art. 11, II, f: tutela da saúde, por serviços de saúde",
    ),
    "deidentified": Said(
        "LGPD art. 13 and art. 11, II, c: pseudonymised, for studies and management",
        "LGPD art. 13 e art. 11, II, c: pseudonimizado, para estudos e gestão",
    ),
    "internal": Said(
        "LGPD art. 7, II and IX: records of the hospital's own operation",
        "LGPD art. 7º, II e IX: registros da própria operação do hospital",
    ),
    "public": Said("No personal data", "Sem dados pessoais"),
}
UNKNOWN_BASIS: Final = Said(
    "None can be named: the store is not classified", "Não indicável: o repositório não tem classificação"
)

AT_HOME: Final = Said("In Brazil", "No Brasil")
TRANSFER: Final = Said("International transfer", "Transferência internacional")
NOWHERE: Final = Said("Country unknown", "País desconhecido")
LOCAL: Final = Said("a developer's own machine", "a máquina de quem desenvolve")
STAYS: Final = Said("Stays on that machine", "Fica nessa máquina")
NOBODYS: Final = Said(
    "No patients' data: for development only", "Sem dados de pacientes: só para desenvolvimento"
)

MECHANISM: Final = Said(
    "LGPD art. 33, II, b: standard contractual clauses (Res. CD/ANPD 19/2024)",
    "LGPD art. 33, II, b: cláusulas-padrão contratuais (Res. CD/ANPD 19/2024)",
)
NO_MECHANISM: Final = Said("None needed", "Dispensado")
NAME_PLACE: Final = Said("Name the place first", "Indique primeiro o local")

DECLARED: Final = Said("Declared", "Declarado")
FOUND: Final = Said("Found, not declared", "Encontrado, não declarado")
ELSEWHERE: Final = Said(
    "Declared in {declared}, found in {found}", "Declarado em {declared}, encontrado em {found}"
)
