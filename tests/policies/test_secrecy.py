"""Secrets in clear are found by their looks and names, and told by their paths only."""

from typing import Any

import pytest

from policies.hidden import Hidden
from policies.kinds import KUBERNETES_SECRET
from policies.secrecy import leaks
from tests.toolkit.graphs import BUCKET, graph, resource
from toolkit.graph import STACK
from toolkit.values import UNKNOWN, Default, Secret

PEM = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE"
RANDOM = "q8ZrT4vYb1WmXc7KdLs0Pj9NfGh2"


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"script": f"cat <<E\n{PEM}\nE"}, "script"),
        ({"files": [{"text": PEM}]}, "files[0].text"),
        ({"password": "hunter2"}, "password"),
        ({"rootPassword": Default("hunter2")}, "rootPassword"),
        ({"secretDataWo": "hunter2"}, "secretDataWo"),
        ({"secret_data": "hunter2"}, "secret_data"),
        ({"token": "hunter2"}, "token"),
        ({"url": "postgresql://clerk:hunter2@db/clinic"}, "url"),
        ({"dsn": "host=db user=clerk password=hunter2"}, "dsn"),
        ({"env": [{"name": "DB_PASSWORD", "value": "hunter2"}]}, "env[0].value"),
        ({"note": "use ghp_0123456789abcdefghijklmnopqrstuvwxyz"}, "note"),
        ({"webhookSecretText": RANDOM}, "webhookSecretText"),
        ({"privateThing": "0123456789abcdef0123456789abcdef"}, "privateThing"),
        ({"apiKey": "/aB3/x9"}, "apiKey"),
        ({"password": "/hunter"}, "password"),
    ],
)
def test_a_secret_in_clear_is_found(inputs: dict[str, Any], path: str) -> None:
    assert [leak.path for leak in leaks(inputs)] == [path]


@pytest.mark.parametrize(
    "inputs",
    [
        {"password": Secret("hunter2"), "token": UNKNOWN, "sharedSecret": Secret(UNKNOWN), "apiKey": ""},
        {"kmsKeyName": "projects/p/locations/us/keyRings/r/cryptoKeys/k", "keyRing": RANDOM},
        {"secretId": "analytics-password", "secretName": "analytics"},
        {"secrets": {"smtp-password": "projects/1/secrets/x", "db-password": "db-password-7"}},
        {"privateKeyType": "TYPE_GOOGLE_CREDENTIALS_FILE", "secretManagerConfig": {"enabled": True}},
        {"passwordValidationPolicy": {"minLength": 16, "complexity": "COMPLEXITY_DEFAULT"}},
        {"databaseFlags": [{"name": "password_encryption", "value": "scram-sha-256"}]},
        {"env": [{"name": "PASSWORD_FILE", "value": "/run/secrets/password"}]},
        {"env": {"GOOGLE_APPLICATION_CREDENTIALS": "/var/run/secrets/google/credentials.json"}},
        {"publicKey": RANDOM, "pem": "-----BEGIN CERTIFICATE-----\nMIIB"},
        {"source": "https://example.com/a?b=c@d", "filter": 'a="b" AND protoPayload:x'},
        {"automountServiceAccountToken": False, "topics": [{"name": "secret-rotation"}]},
    ],
)
def test_what_is_no_secret_or_is_one_already_is_left_alone(inputs: dict[str, Any]) -> None:
    assert [*leaks(inputs)] == []


def test_whatever_a_kubernetes_secret_holds_is_one() -> None:
    clear = resource(
        KUBERNETES_SECRET, "it", inputs={"stringData": {"colour": "blue", "sealed": Secret("x")}}
    )
    (evidence,) = Hidden().examine(graph(clear))

    assert evidence.path == "stringData.colour"


def test_a_leak_is_told_by_its_path_and_never_by_what_it_says() -> None:
    root = resource(STACK, "clinic-dev")
    leaking = resource(BUCKET, "it", inputs={"password": "hunter2", "note": PEM})
    found = [*Hidden().examine(graph(root, leaking, exports={"password": "hunter2"}))]

    assert [(each.path, each.status) for each in found] == [
        ("inputs", "pass"),
        ("password", "fail"),
        ("note", "fail"),
        ("outputs.password", "fail"),
    ]
    assert found[-1].urn == root.urn
    assert "hunter2" not in repr(found)
    assert "MHcCAQEE" not in repr(found)
