"""What a person reads."""

import io
import re
from datetime import date
from typing import Any

import pytest

from policies.rule import Evidence, Rule
from policies.waivers import Waiver
from tests.toolkit.graphs import BUCKET, COMPONENT, NETWORK, graph, resource, urn
from tests.toolkit.rules import rule
from tests.toolkit.terminal import Terminal
from toolkit.baseline import Baseline
from toolkit.compare import compare
from toolkit.graph import STACK, Graph, Problem
from toolkit.judge import judge
from toolkit.preview import Preview
from toolkit.screen import Depth, paper, show
from toolkit.values import UNKNOWN, Secret

PROTECTED = "protected: the engine refuses to delete it until protect is off"
ROOT = urn(STACK, "clinic-dev")
TODAY = date(2026, 11, 25)
WAIVERS = [
    Waiver(
        rule="waived",
        resource="*",
        stacks=("dev",),
        reason="the builder is on holiday",
        accepted_by="head of security",
        expires=date(2026, 12, 31),
        compensating="nobody has the address",
        project="clinic",
    )
]
LONG = "a-name-" + "that-goes-on-" * 12 + "and-ends"


def clinic(*more: Any, **fields: Any) -> Graph:
    """A stack with one component that holds a network."""
    network = resource(COMPONENT, "network", parent=ROOT)
    vpc = resource(
        f"{COMPONENT}${NETWORK}", "vpc", parent=network.urn, inputs={"mtu": 1460, "key": Secret("k")}
    )
    return graph(resource(STACK, "clinic-dev"), network, vpc, *more, **fields)


def previewed(new: Graph, old: Graph | None = None, *rules: Rule) -> Preview:
    baseline = Baseline(graph=old, source="main", notes=["a note"]) if old else None
    judgement = judge(new, rules, WAIVERS if "waived" in {rule.id for rule in rules} else [], TODAY)
    return Preview(graph=new, changes=compare(new, old), judgement=judgement, baseline=baseline)


def printed(preview: Preview, stream: io.StringIO | None = None, **depth: bool) -> str:
    stream = stream or io.StringIO()
    show(preview, Depth(**depth), paper(stream))
    return stream.getvalue()


def part(text: str, title: str) -> list[str]:
    """The lines below ``title``, without their margin."""
    lines = text.split(f"\n{title}\n", 1)[1].split("\n\n", maxsplit=1)[0].rstrip("\n").split("\n")
    return [line.removeprefix("  ") for line in lines]


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


def test_problems_and_violations_name_the_resource_and_what_to_do() -> None:
    new = clinic()
    new.problems.append(Problem(urn=urn(COMPONENT, "network"), path="a.b", message="no such key"))
    open_ = rule("open", Evidence(ROOT, "door", "open", "close it"), severity="advisory", controls=("CIS 1",))

    text = printed(previewed(new, None, open_))

    assert part(text, "Problems") == ["error  prontuario:gcp:Network network", "    a.b: no such key"]
    assert part(text, "Policies") == [
        "0 of 1 rules hold",
        "advisory open  pulumi:pulumi:Stack clinic-dev",
        "    close it",
        "    CIS 1",
    ]
    assert text.splitlines()[-1] == "+ 3 to create   1 to correct first   0.0 s"


def test_rules_are_counted_and_what_is_waived_says_why_and_until_when() -> None:
    rules = [
        rule("waived", Evidence(ROOT, "a", 1, "write 2"), Evidence(ROOT, "b", 1, "write 2")),
        rule("kept", Evidence(ROOT, "a", 1)),
        rule("untold", Evidence(ROOT, "a", UNKNOWN)),
        rule("elsewhere"),
    ]

    assert part(printed(previewed(clinic(), None, *rules)), "Policies") == [
        "3 of 4 rules hold (1 waived, 1 about nothing that is here, 1 not known yet)",
        "waived waived  the builder is on holiday (until 2026-12-31 by head of security)",
    ]


def test_all_shows_every_resource_below_its_parent() -> None:
    assert part(printed(previewed(clinic()), all=True), "Resources") == [
        "+  create  pulumi:pulumi:Stack clinic-dev",
        "+  create  └─ prontuario:gcp:Network network",
        "+  create     └─ gcp:compute/network:Network vpc",
    ]


def test_diff_shows_all_inputs_of_what_is_created() -> None:
    text = printed(previewed(clinic()), diff=True)

    assert text.split("\n\n")[3].splitlines() == [
        "  + gcp:compute/network:Network vpc  create",
        f"      [urn={urn(f'{COMPONENT}${NETWORK}', 'vpc')}]",
        "    + mtu: 1460",
        "    + key: [secret]",
    ]


def test_diff_shows_before_and_after_and_no_secret() -> None:
    def state(**inputs: object) -> Graph:
        return graph(resource(BUCKET, "it", inputs=inputs, replace_on_changes=["location"]))

    old = state(key=Secret("old"), location="US", note="one\ntwo", gone={"a": [1, Secret(2)]})
    new = state(key=Secret("new"), location="EU", note="one\n2")

    assert part(printed(previewed(new, old), diff=True), "Properties") == [
        "+- gcp:storage/bucket:Bucket it  replace",
        f"    [urn={urn(BUCKET, 'it')}]",
        "  ~ key: [secret] => [secret]",
        '  ~ location [replaces]: "US" => "EU"',
        "  ~ note:",
        "      - two",
        "      + 2",
        "  - gone: {a: [1, [secret]]}",
    ]


def test_a_pipe_gets_whole_names_and_no_colours() -> None:
    text = printed(previewed(clinic(resource(BUCKET, LONG, parent=ROOT))), all=True)

    assert LONG in text
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_terminal_gets_no_line_that_is_wider_than_itself(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    new = clinic(resource(BUCKET, LONG, parent=ROOT, inputs={"text": "x" * 300}), exports={"long": "y" * 300})

    text = printed(previewed(new, clinic()), Terminal(), diff=True)

    plain = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert plain != text, "a terminal gets colours"
    assert max(map(len, plain.splitlines())) <= width
    assert LONG in re.sub(r"\s+", "", plain), "nothing is cut off"


def test_no_colour_is_used_when_the_reader_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")

    assert not re.search(r"\x1b\[[\d;]*3\dm", printed(previewed(clinic()), Terminal()))


def test_no_name_or_value_can_command_the_terminal() -> None:
    new = clinic(
        resource(BUCKET, "a\x1b[2Jb", parent=ROOT, inputs={"k\x1b": "v\x1b"}), exports={"\x1b": "\x07"}
    )

    preview = previewed(new, clinic())
    for text in (printed(preview), printed(preview, all=True), printed(preview, diff=True)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)


def test_what_nobody_knows_about_replacements_is_said_once_below_the_list() -> None:
    kind = "random:index/randomPassword:RandomPassword"
    old, new = (graph(resource(kind, "it", inputs={"length": length})) for length in (20, 24))

    assert part(printed(previewed(new, old)), "Changes") == [
        f"~  update  {kind} it  ~length",
        "Of 1 to update, the SDK does not say whether that replaces the resource.",
    ]
