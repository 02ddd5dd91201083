"""Checkov's checks of Kubernetes."""

from policies.controls.control import Control, catalogue

CONTROLS: dict[str, Control] = catalogue(
    "Checkov",
    {
        "CKV_K8S_8": ("Containers have a liveness probe", "Contêineres têm sonda de vida"),
        "CKV_K8S_9": ("Containers have a readiness probe", "Contêineres têm sonda de prontidão"),
        "CKV_K8S_10": ("CPU requests are set", "Pedidos de CPU estão definidos"),
        "CKV_K8S_12": ("Memory requests are set", "Pedidos de memória estão definidos"),
        "CKV_K8S_13": ("Memory limits are set", "Limites de memória estão definidos"),
        "CKV_K8S_14": ("Images are fixed, not latest", "Imagens são fixas, não latest"),
        "CKV_K8S_16": ("Containers are not privileged", "Contêineres não são privilegiados"),
        "CKV_K8S_17": ("Pods do not share process ids", "Pods não compartilham processos"),
        "CKV_K8S_18": ("Pods do not share IPC", "Pods não compartilham IPC"),
        "CKV_K8S_19": ("Pods do not share the node's network", "Pods não compartilham a rede do nó"),
        "CKV_K8S_20": ("Containers cannot gain privileges", "Contêineres não podem ganhar privilégios"),
        "CKV_K8S_21": ("The default namespace is not used", "O namespace padrão não é usado"),
        "CKV_K8S_22": ("File systems are read-only", "Sistemas de arquivos são só de leitura"),
        "CKV_K8S_23": ("Containers do not run as root", "Contêineres não rodam como root"),
        "CKV_K8S_25": ("Containers get no capabilities", "Contêineres não recebem capacidades"),
        "CKV_K8S_26": ("Containers use no ports of the node", "Contêineres não usam portas do nó"),
        "CKV_K8S_27": ("Containers do not see the node's engine", "Contêineres não veem o motor do nó"),
        "CKV_K8S_28": ("Containers lack NET_RAW", "Contêineres não têm NET_RAW"),
        "CKV_K8S_29": ("Pods have a security context", "Pods têm contexto de segurança"),
        "CKV_K8S_30": ("Containers have a security context", "Contêineres têm contexto de segurança"),
        "CKV_K8S_31": ("Pods have a seccomp profile", "Pods têm um perfil seccomp"),
        "CKV_K8S_35": ("Secrets come as files", "Segredos vêm como arquivos"),
        "CKV_K8S_37": ("Containers drop capabilities", "Contêineres abrem mão de capacidades"),
        "CKV_K8S_39": ("Containers lack SYS_ADMIN", "Contêineres não têm SYS_ADMIN"),
        "CKV_K8S_43": ("Images are named by digest", "Imagens são nomeadas por digest"),
    },
)
