"""Objects that are really made, and gone when whoever made them is done."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Self

from tests.cluster.plane.client import Answer, Client, Refused
from tests.cluster.plane.process import PATIENCE

NAMESPACE: Final = {"apiVersion": "v1", "kind": "Namespace"}

Manifest = Mapping[str, Any]


class Stay:
    """A context manager: the API server is left as it was found."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._made: list[Manifest] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in reversed(self._made):
            self._client.delete(each)
        wait(lambda: not any(map(self.there, self._made)), "the end of what was made")

    def keep(self, manifest: Manifest) -> Answer:
        """Make it. What was there before is only asked about, so that it stays as it is."""
        if self.there(manifest):
            return self._client.apply(manifest, dry=True)
        answer = self._client.apply(manifest)
        self._made.append(answer.body)
        if manifest["kind"] == "Namespace":
            account = _account(manifest["metadata"]["name"])
            wait(lambda: self.there(account), "a namespace's account, without which it takes no Pod")
        return answer

    def namespace(self, name: str, labels: Mapping[str, str] | None = None) -> str:
        """A namespace; its name."""
        self.keep({**NAMESPACE, "metadata": {"name": name, "labels": dict(labels or {})}})
        return name

    def there(self, manifest: Manifest) -> bool:
        """Whether the object exists."""
        try:
            metadata = manifest["metadata"]
            self._client.get(manifest, metadata["name"], metadata.get("namespace", ""))
        except Refused:
            return False
        return True


def wait(done: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Until ``done`` is true, or fail with ``what`` did not come about."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come about")
        time.sleep(0.05)


def _account(namespace: str) -> Manifest:
    metadata = {"name": "default", "namespace": namespace}
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata}
