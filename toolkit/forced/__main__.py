"""``python -m toolkit.forced``: the table of a pinned provider, from the schema that it prints itself."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from toolkit.forced import FOLDER, packages

Schema = Mapping[str, Any]


def table(schema: Schema) -> dict[str, list[str]]:
    """The dotted inputs of each resource type that force a replacement."""
    return {
        token: sorted(_forcing(schema, resource.get("inputProperties", {}), "", frozenset()))
        for token, resource in sorted(schema["resources"].items())
    }


def text(sdk: str, schema: str, types: Mapping[str, list[str]]) -> str:
    """A table as it stands in its file: one resource type a line, so that a diff can be read."""
    lines = ",\n".join(f"{json.dumps(token)}: {json.dumps(names)}" for token, names in types.items())
    head = f'"sdk": {json.dumps(sdk)}, "schema": {json.dumps(schema)}'
    return f'{{{head}, "types": {{\n{lines}\n}}}}\n'


def _forcing(schema: Schema, properties: Schema, prefix: str, above: frozenset[str]) -> Iterator[str]:
    for name, described in properties.items():
        if described.get("willReplaceOnChanges") or described.get("replaceOnChanges"):
            yield prefix + name
            continue
        inner = described
        while "items" in inner or "additionalProperties" in inner:
            inner = inner.get("items") or inner["additionalProperties"]
        reference = inner.get("$ref", "").removeprefix("#/types/")
        if reference not in above:  # some types hold themselves
            below = schema["types"].get(reference, {}).get("properties", {})
            yield from _forcing(schema, below, f"{prefix}{name}.", above | {reference})


def main() -> int:
    """Ask each provider at the version of its SDK; needs ``pulumi``, and a network or the plugins."""
    for package in packages():
        number = version(f"pulumi-{package}")
        command = ["pulumi", "package", "get-schema", f"{package}@{number}"]
        schema = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603 -- no shell
        written = text(number, schema.get("version", number), table(schema))
        FOLDER.joinpath(f"{package}.json").write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
