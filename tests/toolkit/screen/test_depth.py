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
        "      - two",
        "      + 2",
        "  - gone: {a: [1, [secret]]}",
    ]
