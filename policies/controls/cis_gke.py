"""CIS Google Kubernetes Engine (GKE) Autopilot Benchmark 1.3."""

from policies.controls.control import Control, catalogue

CONTROLS: dict[str, Control] = catalogue(
    "CIS GKE Autopilot",
    {
        "CIS GKE Autopilot 4.1.8": (
            "Nobody anonymous is bound to a role",
            "Ninguém anônimo está ligado a um papel",
        ),
        "CIS GKE Autopilot 4.1.9": (
            "Nobody unauthenticated is bound to a role",
            "Ninguém não autenticado está ligado a um papel",
        ),
        "CIS GKE Autopilot 4.1.10": (
            "Not everybody authenticated is bound to a role",
            "Nem todo autenticado está ligado a um papel",
        ),
        "CIS GKE Autopilot 4.3.1": (
            "Every namespace has network policies",
            "Todo namespace tem políticas de rede",
        ),
        "CIS GKE Autopilot 4.4.1": (
            "Secrets are kept outside of the cluster",
            "Os segredos ficam fora do cluster",
        ),
        "CIS GKE Autopilot 4.6.1": (
            "Namespaces are borders between teams and resources",
            "Namespaces são fronteiras entre equipes e recursos",
        ),
        "CIS GKE Autopilot 4.6.2": (
            "Pods have the seccomp profile RuntimeDefault",
            "Pods têm o perfil seccomp RuntimeDefault",
        ),
        "CIS GKE Autopilot 4.6.3": (
            "Pods and containers have a security context",
            "Pods e contêineres têm contexto de segurança",
        ),
        "CIS GKE Autopilot 4.6.4": ("The default namespace is not used", "O namespace padrão não é usado"),
        "CIS GKE Autopilot 5.1.1": (
            "Images are scanned for vulnerabilities",
            "Imagens são verificadas contra vulnerabilidades",
        ),
        "CIS GKE Autopilot 5.1.4": ("Only trusted images run", "Só rodam imagens confiáveis"),
        "CIS GKE Autopilot 5.2.1": (
            "The cluster does not use the default service account",
            "O cluster não usa a conta de serviço padrão",
        ),
        "CIS GKE Autopilot 5.3.1": (
            "Secrets are encrypted with a key of Cloud KMS",
            "Secrets são cifrados com chave do Cloud KMS",
        ),
        "CIS GKE Autopilot 5.4.2": (
            "Only authorized networks reach the control plane",
            "Só redes autorizadas alcançam o plano de controle",
        ),
        "CIS GKE Autopilot 5.4.3": (
            "The control plane has a private endpoint only",
            "O plano de controle só tem endereço privado",
        ),
        "CIS GKE Autopilot 5.4.4": ("Nodes are private", "Os nós são privados"),
        "CIS GKE Autopilot 5.5.1": (
            "Rights are managed by Google Groups",
            "Direitos são geridos por Google Groups",
        ),
        "CIS GKE Autopilot 5.6.1": (
            "Disks are encrypted with a key of ours",
            "Discos são cifrados com chave nossa",
        ),
    },
)
