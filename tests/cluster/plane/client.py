"""Questions to the API server over HTTP: a few thousandths of a second each, against a tenth for kubectl."""

import http.client
import json
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from tests.cluster.plane.authority import Authority, Identity

Body = Mapping[str, Any]

MANAGER: Final = "prontuario"
"""Whose fields they are that are applied."""

_JSON: Final = "application/json"
_APPLY: Final = "application/apply-patch+yaml"


class Refused(Exception):  # noqa: N818 -- it says what happened
    """The API server's no, in its own words."""

    def __init__(self, status: int, body: Body) -> None:
        self.status = status
        self.body = body
        super().__init__(f"{status} {body.get('reason', '')}: {body.get('message', body)}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the API server made of a request."""

    body: Body
    warnings: tuple[str, ...] = ()


class Client:
    """One connection, with a client certificate. Every write is strict: an unknown key is an error."""

    def __init__(self, port: int, authority: Authority, identity: Identity) -> None:
        trust = ssl.create_default_context(cafile=str(authority.identity.certificate))
        trust.load_cert_chain(identity.certificate, identity.key)
        self._connection = http.client.HTTPSConnection("127.0.0.1", port, context=trust, timeout=60)
        self._kinds: dict[str, dict[str, Body]] = {}

    def ready(self) -> bool:
        """Whether the API server has started."""
        try:
            self.call("GET", "/readyz")
        except (OSError, http.client.HTTPException, Refused):
            return False
        return True

    def get(self, kind: Body, name: str = "", namespace: str = "") -> Body:
        """An object of ``kind`` (apiVersion and kind), or without a name the list of them."""
        return self.call("GET", self.path(kind, name, namespace)).body

    def items(self, kind: Body, namespace: str = "") -> list[Body]:
        """All objects of ``kind``, in one namespace or in all."""
        return self.get(kind, namespace=namespace)["items"]

    def create(self, new: Body, *, dry: bool = False) -> Answer:
        """Make it; ``dry``: do everything but keep it."""
        return self.call("POST", self._collection(new), new, **_strict(dry=dry))

    def apply(self, wanted: Body, *, dry: bool = False) -> Answer:
        """Server-side apply, as Pulumi's provider does it."""
        options = {**_strict(dry=dry), "fieldManager": MANAGER, "force": "true"}
        return self.call("PATCH", self._own(wanted), wanted, content=_APPLY, **options)

    def status(self, told: Body) -> Answer:
        """Say the status of an object, as the controller would whose task it is."""
        options = {"fieldManager": f"{MANAGER}-status", "force": "true"}
        return self.call("PATCH", f"{self._own(told)}/status", told, content=_APPLY, **options)

    def delete(self, gone: Body) -> None:
        """Take it away, and what it owns; it may be gone already."""
        try:
            self.call("DELETE", self._own(gone), propagationPolicy="Background")
        except Refused as error:
            if error.status != http.HTTPStatus.NOT_FOUND:
                raise

    def path(self, kind: Body, name: str = "", namespace: str = "") -> str:
        """Where objects of a kind are."""
        known = self.resource(kind)
        within = f"/namespaces/{namespace}" if known["namespaced"] and namespace else ""
        return f"{_group(kind['apiVersion'])}{within}/{known['name']}" + (f"/{quote(name)}" if name else "")

    def resource(self, kind: Body) -> Body:
        """What the API server says of a kind: its plural name, whether it is in namespaces."""
        version = kind["apiVersion"]
        if not self.knows(version, kind["kind"]):
            raise Refused(404, {"reason": "NotFound", "message": f"no kind {kind['kind']} in {version}"})
        return self._kinds[version][kind["kind"]]

    def knows(self, version: str, kind: str) -> bool:
        """Whether the API server has objects of a kind."""
        if kind not in self._kinds.get(version, {}):  # it may have come since
            self._kinds[version] = self._discovered(version)
        return kind in self._kinds[version]

    def schemas(self, version: str) -> Mapping[str, Body]:
        """The OpenAPI schemas of an API version, by name; none if the API server does not know it."""
        try:
            document = self.call("GET", f"/openapi/v3{_group(version)}").body
        except Refused:
            return {}
        return document["components"]["schemas"]

    def call(self, method: str, path: str, body: Body | None = None, **options: str) -> Answer:
        """The answer to one request; ``Refused`` when it is a no."""
        headers = {"Accept": _JSON, "Content-Type": options.pop("content", _JSON)}
        target = f"{path}?{urlencode(options)}" if options else path
        data = None if body is None else json.dumps(body)
        try:
            self._connection.request(method, target, data, headers)
            answer = self._connection.getresponse()
            read = answer.read()
        except BaseException:
            self._connection.close()  # the next request opens it anew
            raise
        parsed = _parsed(read)
        if answer.status >= http.HTTPStatus.BAD_REQUEST:
            raise Refused(answer.status, parsed)
        return Answer(body=parsed, warnings=tuple(_warnings(answer.headers.get_all("Warning", []))))

    def close(self) -> None:
        """Say goodbye."""
        self._connection.close()

    def _collection(self, new: Body) -> str:
        return self.path(new, namespace=new["metadata"].get("namespace", "default"))

    def _own(self, known: Body) -> str:
        return f"{self._collection(known)}/{quote(known['metadata']['name'])}"

    def _discovered(self, version: str) -> dict[str, Body]:
        try:
            resources = self.call("GET", _group(version)).body["resources"]
        except Refused as error:
            if error.status != http.HTTPStatus.NOT_FOUND:
                raise
            return {}
        return {each["kind"]: each for each in resources if "/" not in each["name"]}


def _parsed(read: bytes) -> Body:
    """What was answered; the API server does not always say that it is JSON."""
    try:
        parsed = json.loads(read)
    except ValueError:
        parsed = None
    return parsed if isinstance(parsed, dict) else {"message": read.decode(errors="replace")}


def _strict(*, dry: bool) -> dict[str, str]:
    return {"fieldValidation": "Strict", **({"dryRun": "All"} if dry else {})}


def _group(version: str) -> str:
    return f"/apis/{version}" if "/" in version else f"/api/{version}"


def _warnings(headers: list[str]) -> Iterator[str]:
    """The text of ``299 - "text"``."""
    for header in headers:
        yield header.split(" ", 2)[-1].strip('"').replace('\\"', '"')
