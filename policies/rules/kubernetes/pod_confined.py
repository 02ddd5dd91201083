"""Containers run without rights: no root, no new privileges, no writing to their files."""

from policies.checks import Check, absent, contains, equals, false, true
from policies.demands import on_pods
from policies.rule import Rule


def confined(container: str) -> tuple[Check, ...]:
    """What a container's own context says."""
    context = f"{container}.securityContext"
    return (
        false(f"{context}.allowPrivilegeEscalation"),
        true(f"{context}.readOnlyRootFilesystem"),
        contains(f"{context}.capabilities.drop", "ALL"),
        absent(f"{context}.capabilities.add", wrong=["SYS_ADMIN"]),
        absent(f"{context}.privileged", wrong=True),
    )


RULE = Rule(
    id="pod-confined",
    title="Containers run without rights: no root, no new privileges, no writing to their files",
    portuguese="Contêineres rodam sem direitos: sem root, sem novos privilégios, sem gravar em seus arquivos",
    severity="mandatory",
    controls=(
        "LGPD 46",
        "HIPAA 164.312(a)(1)",
        "CIS GKE Autopilot 4.6.2",
        "CIS GKE Autopilot 4.6.3",
        "CIS Kubernetes 5.2.2",
        "CIS Kubernetes 5.2.6",
        "CIS Kubernetes 5.2.7",
        "CIS Kubernetes 5.2.8",
        "CIS Kubernetes 5.2.9",
        "CIS Kubernetes 5.2.10",
        "CIS Kubernetes 5.6.2",
        "CIS Kubernetes 5.6.3",
        "CKV_K8S_16",
        "CKV_K8S_20",
        "CKV_K8S_22",
        "CKV_K8S_23",
        "CKV_K8S_25",
        "CKV_K8S_28",
        "CKV_K8S_29",
        "CKV_K8S_30",
        "CKV_K8S_31",
        "CKV_K8S_37",
        "CKV_K8S_39",
    ),
    demands=(
        *on_pods(
            lambda pod: (
                true(f"{pod}.securityContext.runAsNonRoot"),
                equals(f"{pod}.securityContext.seccompProfile.type", "RuntimeDefault"),
                *(
                    check
                    for kind in ("containers", "initContainers")
                    for check in confined(f"{pod}.{kind}[*]")
                ),
            )
        ),
    ),
)
