"""The demand that an account whose key can be copied reaches one bucket, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from policies.kinds import ACCOUNT, BUCKET, BUCKET_GRANT, GRANTS, HMAC_KEY, PROJECT_GRANT
from policies.rule import Break, Edit, Evidence
from policies.subjects import of
from toolkit.graph import Graph, Resource

GRANTED: Final = of(*GRANTS)
WANTED: Final = "an HMAC key can be copied: grant its account roles on one bucket only"


@dataclass(frozen=True, slots=True)
class OneBucket:
    """Every account with an HMAC key is made by the stack, and holds roles on one and the same bucket."""

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """What each key's account may do."""
        grants = [*GRANTED.select(graph)]
        for key in of(HMAC_KEY).select(graph):
            account = _from(graph, key, "serviceAccountEmail", ACCOUNT)
            if account is None:
                fault = f"serviceAccountEmail names no account of this stack; {WANTED}"
                yield Evidence(key.urn, "serviceAccountEmail", None, fault)
                continue
            yield _judged(graph, key, [each for each in grants if account.urn in _named(each)])

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """A grant on the project put in, another bucket's put in, and the key handed to a stranger."""
        for key in of(HMAC_KEY).select(graph):
            account = _from(graph, key, "serviceAccountEmail", ACCOUNT)
            if account is None:
                continue
            yield Break(key.urn, (Edit(key.urn, "serviceAccountEmail", "stranger@example.com"),))
            for kind, on in ((PROJECT_GRANT, "project"), (BUCKET_GRANT, "bucket")):
                urn = f"urn:pulumi:{graph.stack}::{graph.project}::{kind}::another-one"
                grant = Resource(
                    urn=urn,
                    type=kind,
                    name="another-one",
                    custom=True,
                    inputs={on: "another-one", "role": "roles/storage.objectUser"},
                    property_dependencies={"member": (account.urn,)},
                )
                yield Break(key.urn, (Edit(urn, value=grant),))


def _judged(graph: Graph, key: Resource, grants: list[Resource]) -> Evidence:
    wide = [each.name for each in grants if each.type != BUCKET_GRANT]
    buckets = {_bucket(graph, each) for each in grants if each.type == BUCKET_GRANT}
    path = "serviceAccountEmail"
    if wide:
        return Evidence(key.urn, path, wide, f"{path} also holds {', '.join(wide)}; {WANTED}")
    if len(buckets) != 1:
        found = ", ".join(sorted(buckets)) or "nothing"
        return Evidence(key.urn, path, found, f"{path} reaches {found}; {WANTED}")
    return Evidence(key.urn, path, f"one bucket: {buckets.pop()}")


def _bucket(graph: Graph, grant: Resource) -> str:
    """The bucket that a grant is on, by its name in the program, or as it is written."""
    made = _from(graph, grant, "bucket", BUCKET)
    return made.name if made else str(grant.inputs.get("bucket"))


def _named(grant: Resource) -> set[str]:
    ties = grant.property_dependencies
    return {*ties.get("member", ()), *ties.get("members", ())}


def _from(graph: Graph, resource: Resource, path: str, kind: str) -> Resource | None:
    """The resource of a type from which a property comes."""
    made = (graph.resources.get(urn) for urn in resource.property_dependencies.get(path, ()))
    return next((each for each in made if each and each.type == kind), None)
