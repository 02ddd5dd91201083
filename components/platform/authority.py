"""The hospital's own certificate authority."""

from dataclasses import dataclass
from typing import Final

from pulumi import Output, ResourceOptions
from pulumi_tls import PrivateKey, SelfSignedCert

from components.base import Component

HOURS: Final = 365 * 24
"""In a year; leap days do not matter to a root."""

SHORTEST, LONGEST = 5, 25
"""Years; less and it outruns its own certificates, more and its curve may be broken before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthorityArgs:
    """Whose root it is, and for how long."""

    subject: str
    """Its common name, as in ``Aurora root``: what clients show."""
    organisation: str
    years: int = 10
    """Nothing that it signs outlives it, and every client must be told of its successor."""

    def __post_init__(self) -> None:
        if not self.subject or not self.organisation:
            raise ValueError("an authority without a name cannot be told from any other: name both")
        if not SHORTEST <= self.years <= LONGEST:
            raise ValueError(
                f"{self.years} years: take {SHORTEST} to {LONGEST}; a root is changed at every client"
            )


class Authority(Component, token="platform:Authority"):
    """A root of the hospital's own, ECDSA on P-384, that nobody outside needs to know.

    It is made once and never renewed by itself: a new root is a new trust, and clients must be told first.
    Its key lies in state, encrypted by the stack's own key; give the component ``protect`` where certificates
    of it are in use, because another key makes all of them strangers.
    """

    certificate: Output[str]
    """PEM; what clients trust."""
    key: Output[str]
    """PEM, secret; goes to whatever signs, and nowhere else."""

    def __init__(self, name: str, args: AuthorityArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        key = PrivateKey(name, algorithm="ECDSA", ecdsa_curve="P384", opts=self.child())
        root = SelfSignedCert(
            name,
            private_key_pem=key.private_key_pem,
            subject={"common_name": args.subject, "organization": args.organisation},
            is_ca_certificate=True,
            set_subject_key_id=True,
            allowed_uses=["cert_signing", "crl_signing", "digital_signature"],
            validity_period_hours=args.years * HOURS,
            opts=self.child(),
        )
        self.certificate = root.cert_pem
        self.key = Output.secret(key.private_key_pem)
        self.seal()
