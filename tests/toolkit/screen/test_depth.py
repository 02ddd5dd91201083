"""What ``--all`` and ``--diff`` add."""

from tests.toolkit.graphs import BUCKET, COMPONENT, NETWORK, graph, resource, urn
from tests.toolkit.screen.pages import clinic, part, previewed, printed
from toolkit.graph import Graph
from toolkit.values import Secret


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
        "      @@ -1,2 +1,2 @@",
        "       one",
        "      -two",
        "      +2",
        "  - gone: {a: [1, [secret]]}",
    ]


def test_a_changed_line_of_a_long_script_is_shown_with_its_neighbours_only() -> None:
    def state(middle: str) -> Graph:
        lines = [*(f"echo {n}" for n in range(500)), middle, *(f"echo {n}" for n in range(500, 999))]
        return graph(resource(BUCKET, "it", inputs={"stdin": "\n".join(lines)}))

    shown = part(printed(previewed(state("new"), state("old")), diff=True), "Properties")

    assert shown[2:] == [
        "  ~ stdin:",
        "      @@ -499,5 +499,5 @@",
        "       echo 498",
        "       echo 499",
        "      -old",
        "      +new",
        "       echo 500",
        "       echo 501",
    ]


def test_a_new_script_keeps_its_lines() -> None:
    new = graph(resource(BUCKET, "it", inputs={"stdin": "set -eu\ndate\n", "triggers": ["a\nb"]}))
    text = printed(previewed(new), diff=True)
    assert [line.strip() for line in text.splitlines() if "+ stdin" in line] == ["+ stdin: |"]
    assert "      set -eu\n" in text
