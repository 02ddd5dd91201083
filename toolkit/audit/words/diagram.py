"""What is written into the diagram."""

from typing import Final

from toolkit.audit.words.said import Said

SITE: Final = Said("Hospital", "Hospital")
SITE_SUB: Final = Said("own machines, {country}", "máquinas próprias, {country}")
SITE_NODE: Final = Said("Clinical systems and AI", "Sistemas clínicos e IA")
LOCAL: Final = Said("Developer's machine", "Máquina de quem desenvolve")
LOCAL_SUB: Final = Said("no patients' data", "sem dados de pacientes")
SERVER: Final = Said("runs the cluster", "conduz o cluster")
WORKER: Final = Said("works in the cluster", "trabalha no cluster")
TUNNEL_END: Final = Said("VPN gateway", "gateway da VPN")
MODELS: Final = Said("AI", "IA")
MACHINE: Final = Said("Machine", "Máquina")
INFERENCE: Final = Said("AI models", "Modelos de IA")
SERVICES: Final = Said("Cluster services", "Serviços do cluster")
OBJECTS: Final = Said("{count} objects of this stack", "{count} objetos desta stack")
OUTSIDE: Final = Said("Outside this stack", "Fora desta stack")
INTERNET: Final = Said("Internet", "Internet")
DESTINATIONS: Final = Said("Destinations", "Destinos")
OUTGOING: Final = Said("outgoing only", "somente saída")
ANONYMOUS: Final = Said("no identity needed", "sem identificação")
EVERYBODY: Final = Said("Everybody", "Qualquer pessoa")
VPC: Final = Said("Private network", "Rede privada")
CLUSTERS: Final = Said("Clusters", "Clusters")
MANAGED: Final = Said("Managed by Google", "Gerenciado pelo Google")
ELSEWHERE: Final = Said("Another place", "Outro local")
UNKNOWN_PLACE: Final = Said("Place not stated", "Local não informado")
KEYS: Final = Said("Encryption keys", "Chaves de criptografia")
KEYS_SUB: Final = Said(
    "{count} keys, changed every {days} days", "{count} chaves, trocadas a cada {days} dias"
)
KEYS_PLAIN: Final = Said("{count} keys", "{count} chaves")
IDENTITIES: Final = Said("Service accounts", "Contas de serviço")
IDENTITY: Final = Said("Service account", "Conta de serviço")
MEMBER: Final = Said("Member", "Membro")
CLUSTER: Final = Said("Cluster", "Cluster")
GATEWAY: Final = Said("Gateway", "Gateway")
NAT: Final = Said("NAT, {count} fixed addresses", "NAT, {count} endereços fixos")
SUBNET: Final = Said("Subnet", "Sub-rede")
COPIES: Final = Said("Database backups", "Backups do banco")
MANY: Final = Said("{count} of this kind", "{count} deste tipo")
PROJECT: Final = Said("Google Cloud project", "Projeto no Google Cloud")

BORDER: Final = Said("Border of Brazil: LGPD art. 33", "Fronteira do Brasil: LGPD art. 33")

ACCESS: Final = Said("can read", "pode ler")
COPY: Final = Said("is copied to", "é copiado para")
NOTICE: Final = Said("notifies", "notifica")
TUNNEL: Final = Said("has a tunnel to", "tem um túnel para")
UNSEAL: Final = Said("is opened by", "é aberto por")
EGRESS: Final = Said("leaves for", "sai para")

TITLE: Final = Said(
    "Architecture: {zones} zones, {nodes} parts, {flows} flows",
    "Arquitetura: {zones} zonas, {nodes} partes, {flows} fluxos",
)
