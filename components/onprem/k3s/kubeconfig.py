"""What the world outside is told of a cluster."""

from typing import Final

from components.onprem.k3s.plan import ClusterPlan
from components.onprem.k3s.shell import KUBECTL, START, words

ISSUER: Final = "https://kubernetes.default.svc.cluster.local"
"""Who signs the tokens of service accounts: k3s' own name. Google is given its keys, and never asks it."""

ADMIN: Final = "/etc/rancher/k3s/k3s.yaml"


def kubeconfig(plan: ClusterPlan, edition: int) -> str:
    """Prints the administrator's kubeconfig with the server's address in it. Its certificate lasts a year."""
    return f"""\
{START}
# edition {edition}
sed 's#https://127\\.0\\.0\\.1:6443#{plan.url}#' {ADMIN}
"""


def keys() -> str:
    """Prints the public keys of service accounts' tokens (a JSON Web Key Set)."""
    return f"""\
{START}
{KUBECTL}
told=$(kubectl get --raw /.well-known/openid-configuration)
case "$told" in
  *{words(f'"issuer":"{ISSUER}"')}*) ;;
  *) fail "the cluster calls itself otherwise than {ISSUER}: Google would refuse its tokens." \\
    "Take service-account-issuer out of what somebody has added below /etc/rancher/k3s" ;;
esac
kubectl get --raw /openid/v1/jwks
"""
