"""What is said of stores, their keys, their copies and their readers."""

from collections.abc import Mapping
from typing import Final

from toolkit.audit.words.said import Said

BUCKET: Final = Said("Object bucket", "Bucket de objetos")
DATABASE: Final = Said("Database", "Banco de dados")
REPLICA: Final = Said("Database replica", "Réplica de banco")
SECRET: Final = Said("Secret", "Segredo")
TOPIC: Final = Said("Message topic", "Tópico de mensagens")
REGISTRY: Final = Said("Image registry", "Registro de imagens")
CLUSTER: Final = Said("Cluster state and disks", "Estado e discos do cluster")
BACKUPS: Final = Said("Cluster backups", "Backups do cluster")
LOGS: Final = Said("Log bucket", "Bucket de logs")
DATASET: Final = Said("Analytics dataset", "Conjunto de dados analítico")
DOCUMENTS: Final = Said("Document database", "Banco de documentos")
CACHE: Final = Said("Cache", "Cache")
FILES: Final = Said("File share", "Compartilhamento de arquivos")
DISK: Final = Said("Disk", "Disco")
VOLUME: Final = Said("Cluster volume", "Volume do cluster")
POSTGRES: Final = Said("Database (PostgreSQL)", "Banco de dados (PostgreSQL)")
VOLUMES: Final = Said("Kind of volumes", "Tipo de volumes")
ETCD: Final = Said("Cluster state", "Estado do cluster")
VAULT: Final = Said("Secrets (Vault)", "Segredos (Vault)")

CLASSES: Final[Mapping[str, Said]] = {
    "patient": Said("Patient", "Paciente"),
    "deidentified": Said("De-identified", "Desidentificado"),
    "internal": Said("Internal", "Interno"),
    "public": Said("Public", "Público"),
}
UNCLASSIFIED: Final = Said("Not classified", "Sem classificação")

KEPT: Final = Said("Nothing can be deleted for {days} days", "Nada pode ser apagado por {days} dias")
LOCKED: Final = Said("the period is locked", "o prazo está travado")
HELD: Final = Said("Held until released (Law 13.787/2018)", "Retido até liberação (Lei 13.787/2018)")
DELETED_AFTER: Final = Said("Deleted after {days} days", "Apagado após {days} dias")
SUPERSEDED: Final = Said(
    "Overwritten versions deleted after {days} days", "Versões substituídas apagadas após {days} dias"
)
UNREAD: Final = Said("Unread messages {days} days", "Mensagens não lidas por {days} dias")
DESTROYED: Final = Said(
    "Old values destroyed {days} days after the order", "Valores antigos destruídos {days} dias após a ordem"
)
LOGGED: Final = Said("Logs kept {days} days", "Logs mantidos por {days} dias")
BACKUPS_KEPT: Final = Said("Backups kept {days} days", "Backups mantidos por {days} dias")
BACKUPS_LOCKED: Final = Said(
    "nobody can delete them for {days} days", "ninguém pode apagá-los por {days} dias"
)

VERSIONED: Final = Said("Versions kept", "Versões mantidas")
SOFT: Final = Said("Deleted objects back within {days} days", "Objetos apagados recuperáveis por {days} dias")
DAILY: Final = Said(
    "Daily backups, {count} kept, in {location}", "Backups diários, {count} mantidos, em {location}"
)
DAILY_HERE: Final = Said("Daily backups, {count} kept", "Backups diários, {count} mantidos")
POINT: Final = Said("Any second of the last {days} days", "Qualquer segundo dos últimos {days} dias")
SCHEDULE: Final = Said("Schedule (cron) {cron}", "Agenda (cron) {cron}")
MULTI_REGION: Final = Said("multi-region", "multirregião")
REPLICA_OF: Final = Said("Copy of {name}, kept up to date", "Cópia de {name}, mantida em dia")
COPIED: Final = Said("Backed up by {name}", "Copiado por {name}")
INSTANCES: Final = Said(
    "{count} running copies, each on a machine of its own", "{count} cópias ativas, cada uma em sua máquina"
)
SYNCHRONOUS: Final = Said(
    "A change counts once {count} other copy has it", "Uma alteração vale quando {count} outra cópia a tem"
)
REPLICAS: Final = Said(
    "Each volume {count} times, on different machines", "Cada volume {count} vezes, em máquinas diferentes"
)
STRICT_LOCAL: Final = Said(
    "Each volume once: what writes there copies itself", "Cada volume uma vez: quem grava ali se copia"
)
ARCHIVED: Final = Said("Any second since the oldest backup", "Qualquer segundo desde o backup mais antigo")
COPIED_OUT: Final = Said("Copied to {name}", "Copiado para {name}")
ALONE: Final = Said("One running copy", "Uma cópia ativa")
SNAPSHOTS: Final = Said(
    "{count} snapshots {name} kept beside it (cron {cron})",
    "{count} snapshots {name} mantidos ao lado (cron {cron})",
)
OUTSIDE: Final = Said(
    "{count} backups {name} kept (cron {cron})", "{count} backups {name} mantidos (cron {cron})"
)
SNAPSHOTS_KEPT: Final = Said("{count} snapshots kept", "{count} snapshots mantidos")
NONE_SET: Final = Said("None set", "Não definido")

GOOGLE_KEY: Final = Said("Google's own key", "Chave do próprio Google")
ROTATES: Final = Said("changes every {days} days", "troca a cada {days} dias")
NEVER: Final = Said("never changes by itself", "não troca sozinha")
NO_KEY: Final = Said("None that this stack names", "Nenhuma que esta stack nomeie")
LUKS: Final = Said("passphrase of the volumes (LUKS)", "senha dos volumes (LUKS)")
LUKS_COPIED: Final = Said(
    "passphrase of the volumes (LUKS), copied to the secret {name}",
    "senha dos volumes (LUKS), com cópia no segredo {name}",
)
SEAL: Final = Said("opens it at each start", "abre a cada início")
OWN_KEY: Final = Said("the cluster's own key, for its Secrets", "chave do próprio cluster, para seus Secrets")
FOREIGN_KEY: Final = Said("made outside this stack", "criada fora desta stack")
HARDWARE: Final = Said("hardware module", "módulo de hardware")
SOFTWARE: Final = Said("software", "software")

ON_STORE: Final = Said("on the store", "no repositório")
ON_PROJECT: Final = Said("on the project", "no projeto")
LOGIN: Final = Said("database user", "usuário do banco")
MOUNTED: Final = Said("mounts it", "monta o volume")
MOUNTERS: Final = Said("Whatever mounts a volume of it", "Quem monta um volume dela")
ADMINS: Final = Said(
    "Whoever holds the kubeconfig, or enters a server", "Quem tem o kubeconfig, ou entra em um servidor"
)
POLICIES: Final = Said("As its own policies say", "Conforme suas próprias políticas")
ONLY_IF: Final = Said("condition: {condition}", "condição: {condition}")
CUSTOM: Final = Said("a role this report does not know", "um papel que este relatório não conhece")
NOBODY: Final = Said("Nobody by a grant in this stack", "Ninguém por concessão nesta stack")
EVERYBODY: Final = Said("everybody", "qualquer pessoa")
LATER: Final = Said("known after deployment", "conhecido após a implantação")
