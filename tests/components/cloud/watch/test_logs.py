"""Where the project's logs lie."""

import pytest
from pulumi import ResourceOptions

from components.cloud.project import Api, Project
from components.cloud.secrets.keys import Key, Keys, KeysArgs
from components.cloud.watch.logs import Logs, LogsArgs
from tests.components.cloud.recorded import REGION, Recording, anywhere, build, refused

BUCKET = "ProjectBucketConfig logs"
SINK = "ProjectSink logs"


def program(project: Project) -> None:
    keys = {"logs": Key(location=REGION, agent=project.agent(Api.LOGGING))}
    key = Keys("keys", KeysArgs(project=project, keys=keys)).ids["logs"]
    args = LogsArgs(project=project, region=REGION, key=key, kept_days=400)
    Logs("logs", args, ResourceOptions(protect=True))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        (BUCKET, "location", REGION),
        (BUCKET, "retentionDays", 400),
        (SINK, "name", "_Default"),
        (SINK, "uniqueWriterIdentity", True),
        (SINK, "disabled", None),
        (SINK, "exclusions", None),
        ("RandomId logs", "byteLength", 3),
    ],
)
def test_logs_stay_in_their_region(recording: Recording, address: str, path: str, expected: object) -> None:
    assert recording.at(address, path) == expected


def test_the_sink_leaves_out_what_google_keeps_itself_and_nothing_else(recording: Recording) -> None:
    assert recording.at(SINK, "filter") == " AND ".join(
        f'NOT LOG_ID("{audit}.googleapis.com/{log}")'
        for log in ("activity", "system_event", "access_transparency")
        for audit in ("cloudaudit", "externalaudit")
    )


def test_the_bucket_is_under_our_key_and_the_sink_fills_it() -> None:
    deployed = build(program, preview=False)
    assert deployed.at(BUCKET, "cmekSettings.kmsKeyName") == "keys-logs-id"
    assert deployed.at(BUCKET, "bucketId") == "logs-logs-hex"
    assert deployed.at(SINK, "destination") == "logging.googleapis.com/logs-id"


def test_the_bucket_waits_for_its_api_its_key_and_its_name_only(recording: Recording) -> None:
    key = {"CryptoKey keys-logs", "CryptoKeyIAMMember keys-logs"}
    assert recording.waits(BUCKET) == {"Service apis-logging", "RandomId logs", *key}
    assert recording.waits(SINK) == {"Service apis-logging", BUCKET}


def test_logs_outlive_the_stack_and_the_rest_can_go(recording: Recording) -> None:
    assert recording.resource(BUCKET).retain_on_delete
    assert recording.resource(BUCKET).protect
    assert not recording.resource(SINK).protect
    assert not recording.resource("RandomId logs").protect


def test_the_key_is_for_the_account_that_logging_encrypts_with(recording: Recording) -> None:
    member = recording.at("CryptoKeyIAMMember keys-logs", "member")
    assert member == "serviceAccount:cmek-p418273645091@gcp-sa-logging.iam.gserviceaccount.com"


def test_a_bucket_anywhere_is_refused() -> None:
    with refused("logs in 'global' may lie in any country: name a region, as in us-central1"):
        LogsArgs(project=anywhere(), region="global", key="key", kept_days=30)


@pytest.mark.parametrize("days", [0, 3651])
def test_a_time_that_google_does_not_take_is_refused(days: int) -> None:
    with refused(f"logs kept for {days} days: write 1 to 3650"):
        LogsArgs(project=anywhere(), region=REGION, key="key", kept_days=days)
