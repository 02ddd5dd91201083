"""CIS Kubernetes Benchmark, its section on policies, as numbered in 1.11."""

from policies.controls.control import Control, catalogue

CONTROLS: dict[str, Control] = catalogue(
    "CIS Kubernetes",
    {
        "CIS Kubernetes 5.2.1": (
            "A mechanism refuses pods that break the policy",
            "Um mecanismo recusa pods fora da política",
        ),
        "CIS Kubernetes 5.2.2": (
            "Privileged containers are not admitted",
            "Contêineres privilegiados não são admitidos",
        ),
        "CIS Kubernetes 5.2.3": (
            "Pods do not share the node's process ids",
            "Pods não compartilham os processos do nó",
        ),
        "CIS Kubernetes 5.2.4": ("Pods do not share the node's IPC", "Pods não compartilham o IPC do nó"),
        "CIS Kubernetes 5.2.5": (
            "Pods do not share the node's network",
            "Pods não compartilham a rede do nó",
        ),
        "CIS Kubernetes 5.2.6": (
            "Containers cannot gain privileges",
            "Contêineres não podem ganhar privilégios",
        ),
        "CIS Kubernetes 5.2.7": ("Containers do not run as root", "Contêineres não rodam como root"),
        "CIS Kubernetes 5.2.8": (
            "Containers lack the capability NET_RAW",
            "Contêineres não têm a capacidade NET_RAW",
        ),
        "CIS Kubernetes 5.2.9": (
            "Containers get no added capabilities",
            "Contêineres não recebem capacidades extras",
        ),
        "CIS Kubernetes 5.2.10": (
            "Containers drop all capabilities",
            "Contêineres abrem mão de todas as capacidades",
        ),
        "CIS Kubernetes 5.2.12": ("Pods mount no paths of the node", "Pods não montam caminhos do nó"),
        "CIS Kubernetes 5.2.13": ("Containers use no ports of the node", "Contêineres não usam portas do nó"),
        "CIS Kubernetes 5.3.2": (
            "Every namespace has network policies",
            "Todo namespace tem políticas de rede",
        ),
        "CIS Kubernetes 5.4.1": (
            "Secrets come as files, not as variables",
            "Segredos vêm como arquivos, não como variáveis",
        ),
        "CIS Kubernetes 5.4.2": (
            "Secrets are kept outside of the cluster",
            "Os segredos ficam fora do cluster",
        ),
        "CIS Kubernetes 5.5.1": (
            "The provenance of images is checked",
            "A procedência das imagens é verificada",
        ),
        "CIS Kubernetes 5.6.1": (
            "Namespaces are borders between resources",
            "Namespaces são fronteiras entre recursos",
        ),
        "CIS Kubernetes 5.6.2": ("Pods have a seccomp profile", "Pods têm um perfil seccomp"),
        "CIS Kubernetes 5.6.3": (
            "Pods and containers have a security context",
            "Pods e contêineres têm contexto de segurança",
        ),
        "CIS Kubernetes 5.6.4": ("The default namespace is not used", "O namespace padrão não é usado"),
    },
)
