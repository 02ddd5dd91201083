"""A hospital's cluster that Google believes, without a key that could be copied."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import iam
from pulumi_random import RandomId

from components.base import Component, after
from components.cloud.project import Api, Project

ISSUER: Final = "https://kubernetes.default.svc.cluster.local"
"""What k3s writes into its tokens unless it is told otherwise."""

PROVIDER: Final = "cluster"
"""The id of a pool's only provider."""

SUBJECT: Final = 127
"""Bytes that Google takes for ``google.subject``
(https://cloud.google.com/iam/docs/workload-identity-federation#mapping)."""

CONDITION: Final = 4096
"""Characters of a condition, likewise."""

NAME: Final = re.compile(r"[a-z][-a-z0-9]{1,23}[a-z0-9]")
"""Of a pool, without its suffix: Google takes 4 to 32 characters, and keeps ``gcp-`` for itself
(https://cloud.google.com/iam/docs/manage-workload-identity-pools-providers)."""

LABEL: Final = re.compile(r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?")
"""As Kubernetes names namespaces and service accounts; it has no quotation mark in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Workload:
    """A service account of the cluster."""

    namespace: str
    account: str

    def __post_init__(self) -> None:
        for name in (self.namespace, self.account):
            if not LABEL.fullmatch(name):
                raise ValueError(
                    f"{name!r} names nothing in Kubernetes: write lower case letters, digits and dashes"
                )
        if len(self.subject) > SUBJECT:
            raise ValueError(
                f"{self.subject} has {len(self.subject)} characters, and Google takes {SUBJECT}: "
                "give the account a shorter name"
            )

    @property
    def subject(self) -> str:
        """What its tokens say of it."""
        return f"system:serviceaccount:{self.namespace}:{self.account}"


@dataclass(frozen=True, kw_only=True, slots=True)
class FederationArgs:
    """Whose tokens are believed, and of whom."""

    project: Project
    site: str
    """The hospital's name in lower case; the pool is named after it."""
    jwks: Input[str]
    """The cluster's public keys, as ``kubectl get --raw /openid/v1/jwks`` prints them. A cluster that is made
    again has others, and the provider takes them without being replaced."""
    workloads: Sequence[Workload]
    """The accounts that Google hears; tokens of all others are refused."""
    issuer: str = ISSUER

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.site) or self.site.startswith("gcp-"):
            raise ValueError(
                f"site {self.site!r} cannot name a pool: write 3 to 25 lower case letters, digits and "
                "dashes, a letter first, no dash last, and not gcp- in front"
            )
        if not self.workloads:
            raise ValueError("a cluster of which nobody is heard needs no trust: name at least one workload")
        if not self.issuer.startswith("https://"):
            raise ValueError(f"issuer {self.issuer!r}: Google takes https:// only")
        if len(condition(self.workloads)) > CONDITION:
            raise ValueError(
                f"{len(self.workloads)} workloads make a condition of more than {CONDITION} characters: "
                "name fewer, or give them shorter names"
            )


class Federation(Component, token="gcp:Federation"):
    """Google believes what the cluster says of its own pods; no account has a key.

    A pod shows the token that its node renews every hour, made for this audience only, and gets Google's own,
    which lasts an hour too. The cluster's issuer need not be reachable: its public keys are handed over.
    Whoever controls the cluster can speak for the named accounts, and for nobody else. It grants nothing:
    buckets and keys name ``principal(...)`` where they are made.

    Google keeps a deleted pool's name for thirty days, so the name has a suffix from state: a hospital that
    is taken down and put up again does not meet its predecessor, and no grant of the old one counts for it.
    """

    audience: Output[str]
    """``//iam.googleapis.com/projects/<number>/.../providers/cluster``: what tokens must be made for."""
    pool: Output[str]
    """``projects/<number>/locations/global/workloadIdentityPools/<id>``, known once tokens are believed."""

    def __init__(self, name: str, args: FederationArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        self._heard = frozenset(args.workloads)
        project = args.project.on(Api.IAM)
        suffix = RandomId(name, byte_length=3, opts=self.child(protect=False))
        pool = iam.WorkloadIdentityPool(
            name,
            project=project,
            workload_identity_pool_id=Output.concat(f"{args.site}-", suffix.hex),
            display_name=args.site,
            description=f"Pods of the cluster in {args.site}",
            disabled=False,
            opts=self.child(),
        )
        audience = Output.concat("//iam.googleapis.com/", pool.name, f"/providers/{PROVIDER}")
        provider = iam.WorkloadIdentityPoolProvider(
            name,
            project=project,
            workload_identity_pool_id=pool.workload_identity_pool_id,
            workload_identity_pool_provider_id=PROVIDER,
            display_name=args.site,
            disabled=False,
            attribute_mapping=MAPPING,
            attribute_condition=condition(args.workloads),
            oidc={"issuer_uri": args.issuer, "allowed_audiences": [audience], "jwks_json": args.jwks},
            opts=self.child(),
        )
        # Both APIs must answer before anybody is told whom to ask: tokens are exchanged by the second.
        ready = (provider.id, args.project.on(Api.TOKENS))
        self.pool = after(pool.name, *ready)
        self.audience = after(audience, *ready)
        self.seal()

    def principal(self, workload: Workload) -> Output[str]:
        """The workload as IAM writes it, for a grant on the one bucket or key that it needs.

        Raises ``ValueError`` for a workload that is not heard: its grant would never count.
        """
        if workload not in self._heard:
            raise ValueError(f"{workload.subject} is not heard: add it to the workloads of its Federation")
        return Output.concat("principal://iam.googleapis.com/", self.pool, f"/subject/{workload.subject}")

    def credentials(self, token_path: str) -> Output[str]:
        """What Google's libraries read in ``GOOGLE_APPLICATION_CREDENTIALS``; there is no secret in it."""
        return self.audience.apply(lambda audience: external_account(audience, token_path))


MAPPING: Final = {
    "google.subject": "assertion.sub",
    "attribute.namespace": "assertion['kubernetes.io']['namespace']",
    "attribute.service_account": "assertion['kubernetes.io']['serviceaccount']['name']",
}
"""How Google calls whom a token speaks of; audit logs show the subject."""


def condition(workloads: Sequence[Workload]) -> str:
    """Which tokens pass: those of the named accounts, each written whole."""
    subjects = ", ".join(f"'{subject}'" for subject in sorted({each.subject for each in workloads}))
    return f"assertion.sub in [{subjects}]"


def external_account(audience: str, token_path: str) -> str:
    """The credentials of a pod whose token lies at ``token_path``, as JSON (https://google.aip.dev/auth/4117).

    It names no service account to act as: grants are to the pod itself.
    """
    return json.dumps(
        {
            "type": "external_account",
            "audience": audience,
            "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
            "token_url": "https://sts.googleapis.com/v1/token",
            "credential_source": {"file": token_path, "format": {"type": "text"}},
            "universe_domain": "googleapis.com",
        },
        indent=2,
        sort_keys=True,
    )
