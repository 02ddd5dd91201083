"""Backends hear from the load balancer which device calls, whatever the caller says."""

from collections.abc import Callable

from policies.checks import some
from policies.demands import on
from policies.kinds import TLS_POLICY
from policies.parts import PUBLIC_BACKEND
from policies.rule import Rule

TOLD = ("client_cert_chain_verified", "client_cert_sha256_fingerprint", "client_cert_serial_number")


def sets(name: str) -> Callable[[object], bool]:
    """Whether a header is set to one of the load balancer's variables, and so overwritten."""
    return lambda header: str(header).endswith(f"{{{name}}}")


RULE = Rule(
    id="edge-device-told",
    title="Backends hear from the load balancer which device calls, whatever the caller says",
    portuguese="Os backends sabem pelo balanceador qual aparelho chama, diga o que disser quem chama",
    severity="mandatory",
    controls=("HIPAA 164.312(a)(2)(i)", "HIPAA 164.312(d)"),
    demands=(
        on(
            PUBLIC_BACKEND,
            *(some("customRequestHeaders", sets(name), f"set a header to {{{name}}}") for name in TOLD),
            only=lambda graph: any(each.type == TLS_POLICY for each in graph.resources.values()),
        ),
    ),
)
