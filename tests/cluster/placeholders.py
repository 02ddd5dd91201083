"""What stands for values that only a deployment can tell: of the type that the API server asks for."""

import base64
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.cluster.plane.authority import Authority
from tests.cluster.plane.client import Client
from toolkit.values import UNKNOWN, Unknown

WORD: Final = "placeholder"
FORMATS: Final[Mapping[str, object]] = {
    "byte": "cGxhY2Vob2xkZXI=",
    "date-time": "2027-01-01T00:00:00Z",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "int-or-string": 1,
    "quantity": "1",
    "uri": "https://placeholder.example",
}
NAMES: Final[Mapping[str, object]] = {
    "addresses": "192.0.2.1",
    "cidr": "192.0.2.0/24",
    "clusterIP": "10.43.0.99",
    "data": {WORD: "cGxhY2Vob2xkZXI="},
    "externalName": "placeholder.example",
    "ip": "192.0.2.1",
    "loadBalancerIP": "192.0.2.1",
    "stringData": {WORD: WORD},
}
"""Strings of a form that no schema of Kubernetes' own tells."""

Schema = Mapping[str, Any]


class Placeholders:
    """Reads the schemas of an API server, each once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._documents: dict[str, Mapping[str, Schema]] = {}

    def filled(self, manifest: Mapping[str, Any]) -> dict[str, Any]:
        """``manifest`` without an unknown value."""
        whole = dict(manifest)
        if whole["kind"] == "Secret" and whole.get("type") == "kubernetes.io/tls":
            for key in ("data", "stringData"):  # a mapping with one unknown value is unknown as a whole
                if isinstance(whole.get(key), Unknown):
                    whole[key] = {"tls.crt": UNKNOWN, "tls.key": UNKNOWN}
        return self._fill(whole, self._kind(whole), whole["apiVersion"], "")

    def _fill(self, value: Any, schema: Schema, version: str, name: str) -> Any:
        schema = self._resolved(schema, version)
        match value:
            case Unknown():
                return self._placeholder(schema, version, name)
            case Mapping():
                known, other = schema.get("properties", {}), schema.get("additionalProperties", {})
                return {
                    key: self._fill(item, known.get(key, other), version, key) for key, item in value.items()
                }
            case list():
                return [self._fill(item, schema.get("items", {}), version, name) for item in value]
        return value

    def _placeholder(self, schema: Schema, version: str, name: str) -> Any:
        schema = self._resolved(schema, version)
        if schema.get("type") == "array":
            return [self._placeholder(schema.get("items", {}), version, name)]
        if schema.get("enum"):
            return schema["enum"][0]
        if schema.get("type") == "object" and name not in NAMES:
            asked = schema.get("required", ())
            return {key: self._placeholder(schema["properties"][key], version, key) for key in asked}
        return _simple(schema, name)

    def _resolved(self, schema: Schema | bool, version: str) -> Schema:  # noqa: FBT001 -- JSON schema has such
        """Through references, and through the ``allOf`` of one in which Kubernetes wraps them."""
        while isinstance(schema, Mapping) and ("$ref" in schema or len(schema.get("allOf", ())) == 1):
            if "allOf" in schema:
                schema = {**{key: schema[key] for key in schema if key != "allOf"}, **schema["allOf"][0]}
                continue
            name = schema["$ref"].rpartition("/")[-1]
            schema = self._schemas(version)[name]
        return schema if isinstance(schema, Mapping) else {}

    def _kind(self, manifest: Mapping[str, Any]) -> Schema:
        group, _, number = manifest["apiVersion"].rpartition("/")
        wanted = {"group": group, "version": number, "kind": manifest["kind"]}
        for schema in self._schemas(manifest["apiVersion"]).values():
            if wanted in schema.get("x-kubernetes-group-version-kind", ()):
                return schema
        return {}

    def _schemas(self, version: str) -> Mapping[str, Schema]:
        if version not in self._documents:
            self._documents[version] = self._client.schemas(version)
        return self._documents[version]


@cache
def _pair() -> Mapping[str, bytes]:
    """A certificate and its key, by the names that Secrets give them: the API server looks into them."""
    with TemporaryDirectory() as folder:
        authority = Authority(Path(folder))
        own = authority.issue(WORD)
        return {
            "ca.crt": authority.identity.certificate.read_bytes(),
            "tls.crt": own.certificate.read_bytes(),
            "tls.key": own.key.read_bytes(),
        }


def _simple(schema: Schema, name: str) -> object:
    match schema.get("type"):
        case "integer" | "number":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return False
    if name in _pair():
        pem = _pair()[name]
        return (base64.b64encode(pem) if schema.get("format") == "byte" else pem).decode()
    return NAMES.get(name, FORMATS.get(_form(schema), WORD))


def _form(schema: Schema) -> str:
    """Of quantities, Kubernetes' own schemas tell only that they are strings or numbers."""
    if schema.get("x-kubernetes-int-or-string"):
        return "int-or-string"
    return schema.get("format") or ("quantity" if "oneOf" in schema else "")
