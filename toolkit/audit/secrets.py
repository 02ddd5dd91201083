"""Secrets: how old one may get, who is told when a new one is due, and what the state itself holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from policies.kinds import SECRET, TOPIC
from policies.rules.secrets.secret_rotated import LASTING
from toolkit.audit.matrix import STATUSES, RuleRow, worst
from toolkit.audit.reading import References, number, text
from toolkit.audit.stores import Reader, Store
from toolkit.audit.stores.keeping import DAY
from toolkit.graph import Graph, Resource
from toolkit.judge import Status
from toolkit.values import Default, Secret

OLDEST: Final = 90
"""Days after which a secret must have been replaced."""

ABOUT: Final = "secret-"
"""What the ids of the rules on secrets begin with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rotated:
    """One secret, and when its value is replaced."""

    urn: str
    name: str
    classification: str
    """Of what it opens."""
    days: float | None
    """The oldest that a value gets; ``None`` when nothing asks for a new one."""
    topic: str
    """Where it is said that a new one is due; empty when nobody is told."""
    readers: Sequence[Reader]
    status: Status
    """What the rules on secrets say of it."""
    lasting: str = ""
    """Why its value is never replaced, as the program says; empty when it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """A secret value in the state itself."""

    urn: str
    type: str
    name: str
    path: str


COMMANDS: Final = ("command:remote:Command", "command:local:Command")

MATERIAL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "gcp:secretmanager/secretVersion:SecretVersion": ("secretData",),
        "gcp:sql/user:User": ("password",),
        "kubernetes:core/v1:Secret": ("data", "stringData"),
        "pulumi:providers:kubernetes": ("kubeconfig",),
        "tls:index/locallySignedCert:LocallySignedCert": ("caPrivateKeyPem",),
        "tls:index/selfSignedCert:SelfSignedCert": ("privateKeyPem",),
        **dict.fromkeys(COMMANDS, ("stdin", "create", "update", "delete", "environment")),
    }
)
"""Types that are handed a secret, and the inputs that hold it if they are given."""

MADE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gcp:serviceaccount/key:Key": "privateKey",
        "gcp:storage/hmacKey:HmacKey": "secret",
        "random:index/randomBytes:RandomBytes": "base64",
        "random:index/randomPassword:RandomPassword": "result",
        "tls:index/privateKey:PrivateKey": "privateKeyPem",
    }
)
"""Types that make a secret themselves, so that no input shows it, and the output that does."""


def rotated(
    graph: Graph, stores: Sequence[Store], references: References, rules: Sequence[RuleRow]
) -> list[Rotated]:
    """Every secret store, the ones that break a rule on secrets first."""
    found = [
        replace(_rotated(graph.resources[store.urn], store, references), status=_status(store, rules))
        for store in stores
        if store.type == SECRET
    ]
    return sorted(found, key=lambda one: (STATUSES.index(one.status), one.name))


def _status(store: Store, rules: Sequence[RuleRow]) -> Status:
    """The worst that a rule on secrets found in this one."""
    about = [rule for rule in rules if rule.id.startswith(ABOUT)]
    return worst({piece.status for rule in about for piece in rule.pieces if piece.urn == store.urn})


def _rotated(secret: Resource, store: Store, references: References) -> Rotated:
    seconds = number(secret, "rotation.rotationPeriod")
    topic = references.target(secret, "topics[0].name", TOPIC)
    named = (text(topic, "name") or topic.name) if topic else text(secret, "topics[0].name")
    named = named or ("output<...>" if secret.inputs.get("topics") else "")
    return Rotated(
        urn=secret.urn,
        name=store.name,
        classification=store.classification,
        days=seconds / DAY if seconds else None,
        topic=named,
        readers=store.readers,
        status="unknown",
        lasting=text(secret, LASTING),
    )


def material(graph: Graph) -> Iterator[Material]:
    """Secret values that the state holds, sealed or not: better is a secret that the program never sees."""
    for resource in graph.resources.values():
        for path in _holding(resource):
            yield Material(urn=resource.urn, type=resource.type, name=resource.name, path=path)


def _holding(resource: Resource) -> Iterator[str]:
    """The properties of a resource that hold a secret."""
    if made := MADE.get(resource.type):
        yield made
    for path in MATERIAL.get(resource.type, ()):
        value = resource.inputs.get(path)
        if _sealed(value) or (value and resource.type not in COMMANDS):
            yield path
    if resource.type in COMMANDS:  # what a script answers is secret when the program says so
        yield from (path for path in resource.additional_secret_outputs if path in ("stdout", "stderr"))


def _sealed(value: object) -> bool:
    return isinstance(value.value if isinstance(value, Default) else value, Secret)
