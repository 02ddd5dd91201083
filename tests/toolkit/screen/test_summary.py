"""The first screen: what a preview is compared with, its components, its changes and its exports."""

from tests.toolkit.graphs import BUCKET, COMPONENT, NETWORK, graph, resource, urn
from tests.toolkit.screen.pages import ROOT, clinic, part, previewed, printed
from toolkit.graph import STACK
from toolkit.values import UNKNOWN, Secret


def test_the_first_screen_shows_components_with_what_is_inside_them() -> None:
    inner = resource(f"{COMPONENT}$prontuario:gcp:Nat", "nat", parent=urn(COMPONENT, "network"))

    assert part(printed(previewed(clinic(inner))), "Components") == [
        "+4  clinic-dev",
        "+3  └─ network  gcp:Network",
        "+1     └─ nat   gcp:Nat",
    ]


def test_each_operation_has_its_column() -> None:
    old = clinic(resource(BUCKET, "gone", parent=ROOT))
    new = clinic(resource(BUCKET, "new", parent=ROOT))

    assert part(printed(previewed(new, old)), "Components") == [
        "+1  -1  =3  clinic-dev",
        "        =2  └─ network  gcp:Network",
    ]


def test_many_components_of_one_type_become_one_line_and_those_that_change_stay() -> None:
    sites = [resource("prontuario:link:Site", f"site-{n}", parent=ROOT) for n in range(100)]

    lines = part(
        printed(previewed(graph(resource(STACK, "clinic-dev"), *sites), graph(*sites[:-1]))), "Components"
    )

    assert len(lines) == 7
    assert lines[-1] == "    =95  └─ 95 more  link:Site"
    assert lines[-2] == "+1       ├─ site-99  link:Site"


PROTECTED = "protected: the engine refuses to delete it until protect is off"


def test_changed_resources_are_listed_with_their_properties() -> None:
    old = clinic(resource(BUCKET, "gone", parent=ROOT, protect=True))
    new = clinic()
    vpc = urn(f"{COMPONENT}${NETWORK}", "vpc")
    new.resources[vpc] = resource(
        f"{COMPONENT}${NETWORK}",
        "vpc",
        parent=urn(COMPONENT, "network"),
        inputs={"mtu": 1500, "labels": {"a": 1}},
    )

    assert part(printed(previewed(new, old)), "Changes") == [
        "~  update  gcp:compute/network:Network vpc  ~mtu, -key, +labels",
        f"-  delete  gcp:storage/bucket:Bucket gone  ({PROTECTED})",
    ]


def test_nothing_changed_is_said() -> None:
    assert part(printed(previewed(clinic(), clinic())), "Changes") == ["none"]


def test_the_baseline_its_notes_and_a_foreign_state_are_told_first() -> None:
    old = clinic()
    old.stack = "prod"

    assert printed(previewed(clinic(), old)).splitlines()[2:5] == [
        "compared with main (3 resources)",
        "warning: this is clinic/dev, compared with a state of clinic/prod: no resource can match",
        "warning: a note",
    ]


def test_exports_hide_secrets_and_name_unknowns() -> None:
    exports = {
        "address": UNKNOWN,
        "password": Secret("hunter2"),
        "sites": [{"name": "sul", "key": Secret("hunter2")}, {"about": "x" * 80}],
        "zones": [],
    }

    assert part(printed(previewed(clinic(exports=exports))), "Exports") == [
        "address   output<...>",
        "password  [secret]",
        "sites     2 items",
        "zones     []",
    ]
    assert part(printed(previewed(clinic(exports=exports)), all=True), "Exports") == [
        "address   output<...>",
        "password  [secret]",
        "sites     [",
        '            {name: "sul", key: [secret]}',
        f'            {{about: "{"x" * 80}"}}',
        "          ]",
        "zones     []",
    ]


def test_what_nobody_knows_about_replacements_is_said_once_below_the_list() -> None:
    kind = "random:index/randomPassword:RandomPassword"
    old, new = (graph(resource(kind, "it", inputs={"length": length})) for length in (20, 24))

    assert part(printed(previewed(new, old)), "Changes") == [
        f"~  update  {kind} it  ~length",
        "Of 1 to update, the SDK does not say whether that replaces the resource.",
    ]
