"""Titles, facts and sentences of the page."""

from collections.abc import Mapping
from typing import Final

from toolkit.audit.words.said import Said

EYEBROW: Final = Said("Audit report", "Relatório de auditoria")
LANGUAGE: Final = Said("Language", "Idioma")
CONTENTS: Final = Said("Contents", "Conteúdo")
SKIP: Final = Said("Go to the report", "Ir para o relatório")

SUMMARY: Final = Said("Summary", "Resumo")
MEND: Final = Said("To be mended", "A corrigir")
ARCHITECTURE: Final = Said("Architecture", "Arquitetura")
STORES: Final = Said("Where data lies", "Onde estão os dados")
TRANSFERS: Final = Said(
    "Data map and international transfers", "Mapa de dados e transferências internacionais"
)
SECRETS: Final = Said("Secrets", "Segredos")
WAIVERS: Final = Said("Waivers", "Dispensas")
CHANGES: Final = Said("What changed", "O que mudou")
KINDS: Final = Said("Types of resources", "Tipos de recursos")
METHOD: Final = Said("How to read this report", "Como ler este relatório")

SOUND: Final = Said("Every mandatory rule holds.", "Todas as regras obrigatórias são atendidas.")
SOUND_SO_FAR: Final = Said(
    "Every mandatory rule holds, as far as can be known before deployment.",
    "Todas as regras obrigatórias são atendidas, até onde se pode saber antes da implantação.",
)
UNSOUND: Final = Said(
    "{count} mandatory faults must be mended.", "{count} falhas obrigatórias devem ser corrigidas."
)
UNSOUND_ONE: Final = Said("1 mandatory fault must be mended.", "1 falha obrigatória deve ser corrigida.")
CLEAR: Final = Said("{count} secrets stand in clear.", "{count} segredos estão em texto claro.")
CLEAR_ONE: Final = Said("1 secret stands in clear.", "1 segredo está em texto claro.")
CONTROLS: Final = Said(
    "{good} of {total} applicable controls are met or waived; {rules} rules looked at {resources} resources.",
    "{good} de {total} controles aplicáveis atendidos ou dispensados; {rules} regras examinaram "
    "{resources} recursos.",
)

JUDGED: Final = Said("What was judged", "O que foi avaliado")
STACK: Final = Said("Stack", "Stack")
SOURCE: Final = Said("Source", "Fonte")
PREVIEW: Final = Said("Offline preview of the program", "Prévia offline do programa")
EXPORT: Final = Said("Exported state", "Estado exportado")
DIGEST: Final = Said("SHA-256 of the file", "SHA-256 do arquivo")
WRITTEN: Final = Said("State written", "Estado gravado em")
ENGINE: Final = Said("by Pulumi {version}", "pelo Pulumi {version}")
COMMIT: Final = Said("Commit of program and rules", "Commit do programa e das regras")
RULES_COMMIT: Final = Said("Commit of the rules", "Commit das regras")
DIRTY: Final = Said("with changes not committed", "com alterações não confirmadas")
NO_COMMIT: Final = Said("not in a repository", "fora de um repositório")
TIME: Final = Said("Report written", "Relatório gerado em")
TOOLS: Final = Said("Tools", "Ferramentas")
RESOURCES: Final = Said("Resources", "Recursos")
NOTES: Final = Said("Left behind by an interrupted update", "Deixado por uma atualização interrompida")
BY_FRAMEWORK: Final = Said("Controls by framework", "Controles por norma")
FRAMEWORK: Final = Said("Framework", "Norma")
ALL: Final = Said("All", "Todas")

MEND_LEAD: Final = Said(
    "What speaks against this stack. Mandatory faults come first; the report fails while one is left.",
    "O que pesa contra esta stack. Falhas obrigatórias vêm primeiro; o relatório reprova enquanto houver "
    "uma.",
)
NOTHING_TO_MEND: Final = Said("Nothing.", "Nada.")
RULE: Final = Said("Rule", "Regra")
RESOURCE: Final = Said("Resource", "Recurso")
WHAT: Final = Said("What to change", "O que mudar")
STACK_ITSELF: Final = Said("the stack itself", "a própria stack")
LEAKS: Final = Said("Secrets in clear", "Segredos em texto claro")
LEAKS_LEAD: Final = Said(
    "Told by place only; the values are not in this report. Replace each of them: it has to be taken as "
    "known.",
    "Indicados só pelo lugar; os valores não estão neste relatório. Troque cada um: considere-o conhecido.",
)
REASONS: Final[Mapping[str, Said]] = {
    "name": Said("its name tells", "o nome indica"),
    "form": Said("its form tells", "a forma indica"),
    "twice": Said("a secret of another place again", "repete um segredo de outro lugar"),
    "export": Said("exported with --show-secrets", "exportado com --show-secrets"),
}
SEEN: Final = Said("How it was seen", "Como foi visto")

DIAGRAM_LEAD: Final = Said(
    "Drawn from the resources and grants of the stack. A solid line: can read. Thick: tunnel. Dashed: is "
    "copied to. Dotted: notifies. Dashes and dots: is opened by.",
    "Desenhada a partir dos recursos e concessões da stack. Linha cheia: pode ler. Grossa: túnel. Tracejada: "
    "é copiado para. Pontilhada: notifica. Traço e ponto: é aberto por.",
)
NO_DIAGRAM: Final = Said(
    "The stack has no network, store or cluster to draw.",
    "A stack não tem rede, repositório nem cluster para desenhar.",
)
FLOWS: Final = Said("Every flow of the picture", "Todos os fluxos da figura")
FROM: Final = Said("From", "De")
TO: Final = Said("To", "Para")
BY: Final = Said("By", "Por")
WHAT_FLOWS: Final = Said("Flow", "Fluxo")

METHOD_LEAD: Final = Said(
    "The report reads a graph of resources: the one that the program asks for, or the one that an export "
    "holds. "
    "It looks at nothing else and asks no cloud.",
    "O relatório lê um grafo de recursos: o que o programa pede, ou o que uma exportação contém. "
    "Não olha mais nada e não consulta nenhuma nuvem.",
)
NOT_SEEN: Final = Said(
    "It cannot see what was done outside of Pulumi, contracts, training, or how people work.",
    "Não vê o que foi feito fora do Pulumi, contratos, treinamento, nem como as pessoas trabalham.",
)
BY_TESTS: Final = Said(
    "What a script sets on a hospital's machine is text in this graph, and no rule judges it: the "
    "configuration of k3s (CIS Kubernetes, parts 1 to 4), disks and kernel. The program's tests prove it: "
    "tests/components/onprem/k3s, tests/machines, tests/cluster.",
    "O que um script define na máquina de um hospital é texto neste grafo, e nenhuma regra o avalia: a "
    "configuração do k3s (CIS Kubernetes, partes 1 a 4), discos e kernel. Os testes do programa o provam: "
    "tests/components/onprem/k3s, tests/machines, tests/cluster.",
)
MASKED: Final = Said(
    "[secret] stands for a value that is marked as secret, output<...> for one that only the deployment "
    "can tell.",
    "[secret] representa um valor marcado como segredo; output<...>, um que só a implantação pode dizer.",
)
MORE: Final = Said("{count} more are in the JSON file.", "Mais {count} estão no arquivo JSON.")
NONE: Final = Said("None.", "Nenhum.")
RESULT: Final = Said("Verdict", "Resultado")
DAYS: Final = Said("{days} days", "{days} dias")
YES: Final = Said("yes", "sim")
NO: Final = Said("no", "não")
