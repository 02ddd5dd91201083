"""The table of what forces a replacement: current, complete in depth, and read as the provider means it."""

from importlib.metadata import version
from typing import Any

import pytest

from toolkit.difference import PropertyChange
from toolkit.forced import content, forced, forces, packages
from toolkit.forced.__main__ import table, text
from toolkit.paths import Path

SCHEMA: dict[str, Any] = {
    "resources": {
        "gcp:a/thing:Thing": {
            "inputProperties": {
                "size": {"type": "integer"},
                "zone": {"type": "string", "willReplaceOnChanges": True},
                "disks": {"type": "array", "items": {"$ref": "#/types/gcp:a/Disk:Disk"}},
            }
        },
        "gcp:a/plain:Plain": {"inputProperties": {"size": {"type": "integer"}}},
    },
    "types": {
        "gcp:a/Disk:Disk": {
            "properties": {
                "image": {"type": "string", "willReplaceOnChanges": True},
                "next": {"$ref": "#/types/gcp:a/Disk:Disk"},
            }
        }
    },
}


@pytest.mark.parametrize("package", packages())
def test_a_table_is_of_the_provider_that_its_sdk_is_pinned_with(package: str) -> None:
    assert content(package)["sdk"] == version(f"pulumi-{package}"), "run make forced"


def test_a_table_holds_every_type_and_each_forcing_input_at_its_depth() -> None:
    assert table(SCHEMA) == {"gcp:a/plain:Plain": [], "gcp:a/thing:Thing": ["disks.image", "zone"]}


def test_a_table_has_one_type_a_line() -> None:
    assert text("1.1.0", "1.0.0", table(SCHEMA)).splitlines() == [
        '{"sdk": "1.1.0", "schema": "1.0.0", "types": {',
        '"gcp:a/plain:Plain": [],',
        '"gcp:a/thing:Thing": ["disks.image", "zone"]',
        "}}",
    ]


def test_what_holds_patients_data_is_replaced_when_it_moves() -> None:
    assert {"location", "name", "project"} <= (forced("gcp:storage/bucket:Bucket") or frozenset())
    assert forced("gcp:storage/bucket:Unheard") is None
    assert forced("../../etc:passwd:x") is None


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        (("zone",), "a", "b", True),
        (("zone", "inside"), "a", "b", True),
        (("zones",), "a", "b", False),
        (("disks", 0, "image"), "a", "b", True),
        (("disks", 1), None, {"image": "a"}, True),
        (("disks",), [{"image": "a"}], None, True),
        (("disks", 1), None, {"size": 1}, False),
        (("disks", 0, "size"), 1, 2, False),
    ],
)
def test_a_change_forces_at_the_name_below_it_and_as_part_of_a_block(
    path: Path, before: object, after: object, *, told: bool
) -> None:
    change = PropertyChange(path=path, kind="change", before=before, after=after)

    assert forces(frozenset({"zone", "disks.image"}), change) is told
