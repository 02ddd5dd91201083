"""Instances of what every cluster gets, for the contract tests."""

from collections.abc import Callable, Mapping
from typing import Final

from pulumi import ResourceOptions

from components.base import Component
from components.platform.authority import Authority, AuthorityArgs
from components.platform.certificates import Certificates, CertificatesArgs

ROOT: Final = AuthorityArgs(subject="Aurora root", organisation="Hospital Aurora")


def authority(name: str, opts: ResourceOptions | None = None) -> Authority:
    return Authority(name, ROOT, opts)


def certificates(name: str, opts: ResourceOptions | None = None) -> Certificates:
    args = CertificatesArgs(namespace="cert-manager", certificate="the root", key="hush")
    return Certificates(name, args, opts)


SAMPLES: Mapping[type[Component], Callable[[str, ResourceOptions | None], Component]] = {
    Authority: authority,
    Certificates: certificates,
}
