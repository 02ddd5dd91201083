"""Names of Google's services at a hospital."""

from components.cloud.network.googleapis import NAMES, domains
from components.cloud.network.ranges import PRIVATE_APIS
from components.link.site_names import SiteNames, SiteNamesArgs
from tests.components.cloud.recorded import recorded, refused


def served() -> str:
    args = SiteNamesArgs(answers={name: [*PRIVATE_APIS] for name in domains()})
    recording = recorded(lambda: SiteNames("names", args))
    metadata, data = (recording.at("ConfigMap names", path) for path in ("metadata", "data"))
    assert metadata == {"name": "coredns-custom", "namespace": "kube-system"}
    assert isinstance(data, dict)
    return data["google.server"]


def test_every_private_address_is_answered_for_every_name() -> None:
    text = served()
    assert {line.split(":")[0] for line in text.splitlines() if ":53 {" in line} == {
        *("googleapis.com", "pkg.dev", "gcr.io")
    }
    for address in PRIVATE_APIS:
        assert text.count(f'answer "{{{{ .Name }}}} 300 IN A {address}"') == 3


def test_other_kinds_of_question_are_answered_with_nothing_instead_of_an_error() -> None:
    assert served().count("rcode NOERROR") == 3


def test_the_domains_are_those_of_the_cloud_side() -> None:
    assert {*domains()} == {name.strip("*.") for name in NAMES.values()}


def test_a_domain_that_would_match_nothing_is_refused() -> None:
    for domain in ("*.googleapis.com", "googleapis.com.", ".pkg.dev"):
        with refused(f"domain {domain!r}: write it like googleapis.com, with its addresses"):
            SiteNamesArgs(answers={domain: [*PRIVATE_APIS]})
    with refused("domain 'gcr.io': write it like googleapis.com, with its addresses"):
        SiteNamesArgs(answers={"gcr.io": []})
