"""Headings and sentences of the tables of stores, transfers, secrets, waivers, changes and types."""

from collections.abc import Mapping
from typing import Final

from toolkit.audit.words.said import Said

STORES_LEAD: Final = Said(
    "Every resource that holds data, the most sensitive first. Readers are those whom a grant in this "
    "stack names.",
    "Todo recurso que guarda dados, do mais sensível ao menos. Leitores são os nomeados por concessões "
    "nesta stack.",
)
STORE: Final = Said("Store", "Repositório")
PLACE: Final = Said("Place", "Local")
KEY: Final = Said("Encryption key", "Chave")
KEPT: Final = Said("Retention", "Retenção")
COPIES: Final = Said("Recovery", "Recuperação")
READERS: Final = Said("Who can read", "Quem pode ler")
PROTECTED: Final = Said("protected from deletion", "protegido contra exclusão")
BACKUP: Final = Said("backups", "backups")

TRANSFERS_LEAD: Final = Said(
    "What the stack declares about its data, held against what is there. Data that lies outside of Brazil "
    "is an "
    "international transfer (LGPD art. 33). Bases and mechanisms are those the platform was designed for: "
    "the "
    "person in charge of data protection confirms them, and the contracts are kept elsewhere.",
    "O que a stack declara sobre seus dados, confrontado com o que existe. Dado fora do Brasil é "
    "transferência "
    "internacional (LGPD art. 33). Bases e mecanismos são os previstos no projeto da plataforma: o "
    "encarregado "
    "os confirma, e os contratos ficam fora daqui.",
)
DATA: Final = Said("Data", "Dado")
TRANSFER: Final = Said("Transfer", "Transferência")
BASIS: Final = Said("Legal basis", "Base legal")
MECHANISM: Final = Said("Mechanism", "Mecanismo")
DECLARATION: Final = Said("Declaration", "Declaração")

SECRETS_LEAD: Final = Said(
    "A value must be replaced after {days} days at the latest, and somebody must be told when it is due. "
    "What can never be replaced says why.",
    "Um valor deve ser trocado em no máximo {days} dias, e alguém deve ser avisado quando vencer. O que "
    "nunca pode ser trocado diz por quê.",
)
SECRET: Final = Said("Secret", "Segredo")
OPENS: Final = Said("Opens data of class", "Abre dados da classe")
AGE: Final = Said("Oldest value", "Valor mais antigo")
TOLD: Final = Said("Told on", "Aviso em")
NO_ROTATION: Final = Said("no rotation", "sem rotação")
LASTING: Final = Said("kept for good, by intention", "mantido para sempre, por intenção")
NOTHING_DUE: Final = Said("nothing is ever due", "nunca há o que trocar")
NOBODY_TOLD: Final = Said("nobody is told", "ninguém é avisado")
MATERIAL: Final = Said("Secret values in the state itself", "Valores secretos no próprio estado")
MATERIAL_LEAD: Final = Said(
    "These pass through the program and lie in its state, encrypted by the stack's own key.",
    "Estes passam pelo programa e ficam no estado, cifrados pela chave da própria stack.",
)
NO_MATERIAL: Final = Said(
    "The state holds no secret value: every secret is made where it is used.",
    "O estado não guarda nenhum valor secreto: cada segredo é criado onde é usado.",
)
PROPERTY: Final = Said("Property", "Propriedade")

WAIVERS_LEAD: Final = Said(
    "Faults that somebody has accepted for a while. One that has expired or is not needed fails the report.",
    "Falhas que alguém aceitou por um tempo. Uma vencida ou desnecessária reprova o relatório.",
)
NO_WAIVERS: Final = Said("No risk is accepted for this stack.", "Nenhum risco foi aceito para esta stack.")
REASON: Final = Said("Reason", "Motivo")
ACCEPTED: Final = Said("Accepted by", "Aceito por")
COMPENSATING: Final = Said("What limits the risk", "O que limita o risco")
EXPIRES: Final = Said("Expires", "Vence em")
EXPIRED: Final = Said("expired", "vencida")
USED: Final = Said("accepts {count} here", "aceita {count} aqui")

CHANGES_LEAD: Final = Said(
    "Compared with {source}, written {time}.", "Comparado com {source}, gravado em {time}."
)
FOREIGN: Final = Said(
    "That is a state of another stack or project: nothing can match.",
    "É o estado de outra stack ou projeto: nada pode coincidir.",
)
VERDICTS: Final = Said("Verdicts", "Resultados")
BEFORE: Final = Said("Before", "Antes")
AFTER: Final = Said("Now", "Agora")
WORSE: Final = Said("worse", "piorou")
SAME_VERDICTS: Final = Said(
    "Every control has the verdict it had.", "Todo controle tem o resultado que tinha."
)
CHANGED: Final = Said("Changed resources", "Recursos alterados")
NO_CHANGES: Final = Said("No resource changed.", "Nenhum recurso mudou.")
PROPERTIES: Final = Said("Properties", "Propriedades")
OPERATIONS: Final[Mapping[str, Said]] = {
    "create": Said("created", "criado"),
    "update": Said("updated", "atualizado"),
    "replace": Said("replaced", "substituído"),
    "delete": Said("deleted", "excluído"),
}
OPERATION: Final = Said("What happened", "O que houve")

KINDS_LEAD: Final = Said(
    "Everything that the stack holds, by type, and how many rules found evidence in it.",
    "Tudo o que a stack contém, por tipo, e quantas regras encontraram evidência nele.",
)
KIND: Final = Said("Type", "Tipo")
COUNT: Final = Said("Count", "Quantidade")
HOLDS: Final = Said("Holds data", "Guarda dados")
RULES: Final = Said("Rules", "Regras")
UNKNOWN_KIND: Final = Said(
    "of a package that this report does not know", "de um pacote que este relatório não conhece"
)
