"""CIS Google Cloud Platform Foundation Benchmark 4.0."""

from policies.controls.control import Control, catalogue

CONTROLS: dict[str, Control] = catalogue(
    "CIS GCP",
    {
        "CIS GCP 1.4": (
            "Service accounts have only keys that Google manages",
            "Contas de serviço só têm chaves gerenciadas pelo Google",
        ),
        "CIS GCP 1.5": (
            "Service accounts have no administrator's rights",
            "Contas de serviço não têm direitos de administrador",
        ),
        "CIS GCP 1.6": (
            "Nobody may act as any service account of the project",
            "Ninguém pode agir como qualquer conta de serviço do projeto",
        ),
        "CIS GCP 1.9": ("Keys of Cloud KMS are not public", "Chaves do Cloud KMS não são públicas"),
        "CIS GCP 1.10": (
            "Keys of Cloud KMS rotate within 90 days",
            "Chaves do Cloud KMS giram em até 90 dias",
        ),
        "CIS GCP 2.1": (
            "Cloud Audit Logs cover all services and users",
            "Os Cloud Audit Logs cobrem todos os serviços e usuários",
        ),
        "CIS GCP 2.2": ("A sink exports all log entries", "Um coletor exporta todos os registros"),
        "CIS GCP 2.3": ("Buckets for logs have a locked retention", "Buckets de logs têm retenção trancada"),
        "CIS GCP 2.4": (
            "Changes of project owners are counted and told",
            "Mudanças de donos do projeto são contadas e avisadas",
        ),
        "CIS GCP 2.5": (
            "Changes of the audit configuration are counted and told",
            "Mudanças da configuração de auditoria são contadas e avisadas",
        ),
        "CIS GCP 2.6": (
            "Changes of custom roles are counted and told",
            "Mudanças de papéis próprios são contadas e avisadas",
        ),
        "CIS GCP 2.7": (
            "Changes of firewall rules are counted and told",
            "Mudanças de regras de firewall são contadas e avisadas",
        ),
        "CIS GCP 2.8": (
            "Changes of routes are counted and told",
            "Mudanças de rotas são contadas e avisadas",
        ),
        "CIS GCP 2.9": (
            "Changes of networks are counted and told",
            "Mudanças de redes são contadas e avisadas",
        ),
        "CIS GCP 2.10": (
            "Changes of rights on buckets are counted and told",
            "Mudanças de permissões de buckets são contadas e avisadas",
        ),
        "CIS GCP 2.11": (
            "Changes of SQL instances are counted and told",
            "Mudanças de instâncias SQL são contadas e avisadas",
        ),
        "CIS GCP 2.12": (
            "Every network logs the names that are asked for",
            "Toda rede registra os nomes consultados",
        ),
        "CIS GCP 2.16": ("HTTP load balancers log", "Balanceadores HTTP registram"),
        "CIS GCP 3.1": ("The default network does not exist", "A rede padrão não existe"),
        "CIS GCP 3.6": ("SSH is not open to the internet", "SSH não está aberto à internet"),
        "CIS GCP 3.7": ("RDP is not open to the internet", "RDP não está aberto à internet"),
        "CIS GCP 3.8": ("Every subnet logs its flows", "Toda sub-rede registra seus fluxos"),
        "CIS GCP 3.9": ("No load balancer accepts weak ciphers", "Nenhum balanceador aceita cifras fracas"),
        "CIS GCP 4.1": (
            "Machines do not use the default service account",
            "Máquinas não usam a conta de serviço padrão",
        ),
        "CIS GCP 4.2": (
            "Machines do not have the default account's full access",
            "Máquinas não têm o acesso total da conta padrão",
        ),
        "CIS GCP 4.3": (
            "Keys of the whole project do not open machines",
            "Chaves SSH do projeto não abrem máquinas",
        ),
        "CIS GCP 4.4": ("People log in to machines by OS Login", "Pessoas entram nas máquinas por OS Login"),
        "CIS GCP 4.5": ("The serial console is off", "O console serial está desligado"),
        "CIS GCP 4.6": ("Machines do not forward packets", "Máquinas não encaminham pacotes"),
        "CIS GCP 4.8": ("Machines are Shielded VMs", "Máquinas são Shielded VMs"),
        "CIS GCP 4.9": ("Machines have no public addresses", "Máquinas não têm endereços públicos"),
        "CIS GCP 5.1": ("Buckets are not public", "Buckets não são públicos"),
        "CIS GCP 5.2": ("Buckets have uniform access", "Buckets têm acesso uniforme"),
        "CIS GCP 6.2.2": ("PostgreSQL logs connections", "O PostgreSQL registra conexões"),
        "CIS GCP 6.2.3": ("PostgreSQL logs disconnections", "O PostgreSQL registra desconexões"),
        "CIS GCP 6.2.4": (
            "PostgreSQL logs statements as far as it should",
            "O PostgreSQL registra comandos na medida certa",
        ),
        "CIS GCP 6.2.5": ("PostgreSQL logs warnings and worse", "O PostgreSQL registra avisos e mais graves"),
        "CIS GCP 6.2.6": (
            "PostgreSQL logs statements that fail",
            "O PostgreSQL registra comandos que falham",
        ),
        "CIS GCP 6.2.7": (
            "PostgreSQL does not log how long statements take",
            "O PostgreSQL não registra a duração dos comandos",
        ),
        "CIS GCP 6.2.8": ("pgAudit is on", "O pgAudit está ligado"),
        "CIS GCP 6.4": ("The database accepts only TLS", "O banco de dados só aceita TLS"),
        "CIS GCP 6.5": (
            "The database does not let all addresses in",
            "O banco de dados não admite todos os endereços",
        ),
        "CIS GCP 6.6": ("The database has no public address", "O banco de dados não tem endereço público"),
        "CIS GCP 6.7": ("The database is backed up by itself", "O banco de dados tem cópias automáticas"),
    },
)
