"""A cluster that Google believes without keys."""

import json

import pytest
from pulumi import Output

from components.classification import Classification
from components.cloud.access.federation import (
    ISSUER,
    Federation,
    FederationArgs,
    Workload,
    condition,
    external_account,
)
from components.cloud.project import Project
from components.cloud.secrets.keys import Key, Keys, KeysArgs
from components.cloud.storage.bucket import Bucket, BucketArgs
from tests.components.cloud.recorded import PROJECT, REGION, Recording, anywhere, build, refused

VAULT = Workload(namespace="vault", account="vault")
DATABASE = Workload(namespace="data", account="clinical")
JWKS = '{"keys": []}'
SUBJECTS = "'system:serviceaccount:data:clinical', 'system:serviceaccount:vault:vault'"


def args(project: Project, **other: object) -> FederationArgs:
    given = {"project": project, "site": "recife", "jwks": JWKS, "workloads": [VAULT, DATABASE], **other}
    return FederationArgs(**given)  # ty: ignore[invalid-argument-type] -- each test names what it changes


def program(project: Project) -> None:
    federation = Federation("recife", args(project, jwks=Output.from_input(JWKS)))
    seal = Key(location=REGION, agent=federation.principal(VAULT), looked_at=True)
    keys = Keys("recife-seal", KeysArgs(project=project, keys={"vault": seal}))
    archive = {"roles/storage.objectUser": {"recife": federation.principal(DATABASE)}}
    Bucket(
        "archive",
        BucketArgs(
            project=project,
            name="aurora-archive",
            location=REGION,
            classification=Classification.PATIENT,
            key=keys.ids["vault"],
            grants=archive,
        ),
    )


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("project", PROJECT),
        ("workloadIdentityPoolProviderId", "cluster"),
        ("disabled", False),
        ("oidc.issuerUri", ISSUER),
        ("oidc.jwksJson", JWKS),
        ("attributeMapping", {
            "google.subject": "assertion.sub",
            "attribute.namespace": "assertion['kubernetes.io']['namespace']",
            "attribute.service_account": "assertion['kubernetes.io']['serviceaccount']['name']",
        }),
        ("attributeCondition", f"assertion.sub in [{SUBJECTS}]"),
    ],
)  # fmt: skip
def test_only_named_accounts_of_the_cluster_are_heard(
    recording: Recording, path: str, expected: object
) -> None:
    assert recording.at("WorkloadIdentityPoolProvider recife", path) == expected


def test_nobody_gets_a_key(recording: Recording) -> None:
    assert recording.addresses("Key") == []
    assert recording.addresses("HmacKey") == []


def test_a_pool_has_a_suffix_for_google_keeps_the_names_of_deleted_ones(recording: Recording) -> None:
    assert "RandomId recife" in recording.waits("WorkloadIdentityPool recife")


def test_grants_are_to_the_pod_and_on_the_one_bucket_or_key() -> None:
    made = build(program, preview=False)
    pool = "principal://iam.googleapis.com/"
    (archive,) = made.addresses("BucketIAMMember")
    member = made.at(f"BucketIAMMember {archive}", "member")
    assert isinstance(member, str)
    assert member.startswith(pool)
    assert member.endswith("/subject/system:serviceaccount:data:clinical")
    grants = {
        made.at(f"CryptoKeyIAMMember {each}", "role"): made.at(f"CryptoKeyIAMMember {each}", "member")
        for each in made.addresses("CryptoKeyIAMMember")
    }
    assert {*grants} == {"roles/cloudkms.cryptoKeyEncrypterDecrypter", "roles/cloudkms.viewer"}
    assert len({*grants.values()}) == 1
    assert str(grants["roles/cloudkms.viewer"]).endswith("/subject/system:serviceaccount:vault:vault")


def test_a_grant_waits_until_tokens_are_believed_and_exchanged(recording: Recording) -> None:
    (archive,) = recording.addresses("BucketIAMMember")
    waits = recording.waits(f"BucketIAMMember {archive}")
    assert {"WorkloadIdentityPoolProvider recife", "Service apis-sts"} <= waits


def test_whoever_is_not_heard_gets_no_grant() -> None:
    stranger = Workload(namespace="default", account="default")

    def wrong(project: Project) -> None:
        Federation("recife", args(project)).principal(stranger)

    with refused(
        "system:serviceaccount:default:default is not heard: add it to the workloads of its Federation"
    ):
        build(wrong)


def test_a_condition_is_the_same_whatever_the_order() -> None:
    assert condition([DATABASE, VAULT, VAULT]) == condition([VAULT, DATABASE])


def test_credentials_hold_no_secret_and_say_where_the_token_lies() -> None:
    credentials = json.loads(external_account("//iam.googleapis.com/x", "/var/run/secrets/google/token"))
    assert credentials == {
        "type": "external_account",
        "audience": "//iam.googleapis.com/x",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": "https://sts.googleapis.com/v1/token",
        "credential_source": {"file": "/var/run/secrets/google/token", "format": {"type": "text"}},
        "universe_domain": "googleapis.com",
    }


def test_the_credentials_are_for_the_audience_that_the_provider_takes() -> None:
    seen: dict[str, object] = {}

    def watch(project: Project) -> None:
        federation = Federation("recife", args(project))
        federation.audience.apply(lambda audience: seen.update(audience=audience))
        federation.credentials("/token").apply(lambda text: seen.update(json.loads(text)))

    made = build(watch, preview=False)
    (allowed,) = made.at("WorkloadIdentityPoolProvider recife", "oidc.allowedAudiences")  # ty: ignore[not-iterable] -- a list
    assert allowed == seen["audience"]
    assert seen["type"] == "external_account"


@pytest.mark.parametrize("site", ["", "re", "Recife", "recife-", "gcp-recife", "a" * 26])
def test_a_site_that_cannot_name_a_pool_is_refused(site: str) -> None:
    with refused(
        f"site {site!r} cannot name a pool: write 3 to 25 lower case letters, digits and dashes, "
        "a letter first, no dash last, and not gcp- in front"
    ):
        args(anywhere(), site=site)


def test_trust_for_nobody_is_refused() -> None:
    with refused("a cluster of which nobody is heard needs no trust: name at least one workload"):
        args(anywhere(), workloads=[])


def test_an_issuer_without_tls_is_refused() -> None:
    with refused("issuer 'http://k3s': Google takes https:// only"):
        args(anywhere(), issuer="http://k3s")


def test_more_workloads_than_a_condition_holds_are_refused() -> None:
    many = [Workload(namespace="data", account=f"reader-of-records-{number}") for number in range(100)]
    with pytest.raises(ValueError, match="100 workloads make a condition of more than 4096 characters"):
        args(anywhere(), workloads=many)


@pytest.mark.parametrize("name", ["", "Data", "a'b", "a b", "-a", "a-"])
def test_a_name_that_kubernetes_does_not_take_is_refused(name: str) -> None:
    message = f"{name!r} names nothing in Kubernetes: write lower case letters, digits and dashes"
    with refused(message):
        Workload(namespace=name, account="a")
    with refused(message):
        Workload(namespace="a", account=name)


def test_a_subject_longer_than_google_takes_is_refused() -> None:
    with pytest.raises(
        ValueError, match="has 128 characters, and Google takes 127: give the account a short"
    ):
        Workload(namespace="n" * 63, account="a" * 42)
