"""What lies in the instance, who connects to it, and who may."""

import pytest

from components.cloud.database.cloudsql import CloudSql
from components.cloud.project import Project
from tests.components.cloud.arguments import cloud_sql
from tests.components.cloud.database.world import ELSEWHERE, PRIMARY, REPLICA, program
from tests.components.cloud.recorded import PROJECT, Recording, build


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.fixture(scope="module")
def deployed() -> Recording:
    return build(program, preview=False)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Database records-metrics", "name", "metrics"),
        ("Database records-metrics", "deletionPolicy", "ABANDON"),
        ("User records-api", "type", "CLOUD_IAM_SERVICE_ACCOUNT"),
        ("User records-api", "deletionPolicy", "ABANDON"),
        ("User records-api", "password", None),
        ("IAMMember records-api-cloudsql.client", "role", "roles/cloudsql.client"),
        ("IAMMember records-api-cloudsql.client", "project", PROJECT),
        ("IAMMember records-api-cloudsql.instanceUser", "role", "roles/cloudsql.instanceUser"),
        ("IAMMember records-api-cloudsql.instanceUser", "condition.title", "only records"),
    ],
)
def test_clients_sign_in_as_accounts_and_without_passwords(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


@pytest.mark.parametrize(
    ("address", "path", "part"),
    [
        ("User records-api", "instance", "records-name"),
        ("Database records-records", "instance", "records-name"),
        ("IAMMember records-api-cloudsql.client", "member", "serviceAccount:api-email"),
        (
            "IAMMember records-api-cloudsql.client",
            "condition.expression",
            (
                "resource.service == 'sqladmin.googleapis.com' && "
                "resource.name == 'projects/aurora-prod/instances/records-name'"
            ),
        ),
    ],
)
def test_databases_users_and_grants_are_of_the_instance(
    deployed: Recording, address: str, path: str, part: str
) -> None:
    assert part in str(deployed.at(address, path))


def test_a_grant_is_good_for_one_instance_only(deployed: Recording) -> None:
    """The form is Google's own (https://cloud.google.com/sql/docs/postgres/iam-conditions)."""
    assert deployed.at(f"IAMMember records-{ELSEWHERE}-api-cloudsql.client", "condition") == {
        "title": f"only records-{ELSEWHERE}",
        "expression": (
            "resource.service == 'sqladmin.googleapis.com' && "
            "resource.name == 'projects/aurora-prod/instances/records-us-east1-name'"
        ),
    }


def test_a_user_has_the_name_that_postgresql_sees() -> None:
    def known(project: Project) -> None:
        accounts = {"api": "records-api@aurora-prod.iam.gserviceaccount.com"}
        CloudSql("records", cloud_sql(project, accounts=accounts))

    assert build(known).at("User records-api", "name") == "records-api@aurora-prod.iam"


def test_databases_and_users_wait_for_the_primary_and_not_for_each_other(recording: Recording) -> None:
    assert recording.waits("Database records-metrics") == {"Service apis-sqladmin", PRIMARY}
    assert recording.waits("User records-api") == {"Service apis-sqladmin", PRIMARY, "Account api"}
    granting = {"Service apis-cloudresourcemanager", "Account api"}
    assert recording.waits("IAMMember records-api-cloudsql.client") == {PRIMARY, *granting}
    assert recording.waits(f"IAMMember records-{ELSEWHERE}-api-cloudsql.client") == {REPLICA, *granting}


@pytest.mark.parametrize("address", ["Database records-records", "User records-api"])
def test_what_lies_in_the_instance_goes_with_it(recording: Recording, address: str) -> None:
    assert recording.resource(address).deleted_with == recording.resource(PRIMARY).urn


@pytest.mark.parametrize(
    "address",
    ["User records-api", *(f"IAMMember records-api-cloudsql.{role}" for role in ("client", "instanceUser"))],
)
def test_access_can_be_taken_away_where_data_is_protected(recording: Recording, address: str) -> None:
    assert recording.resource(PRIMARY).protect
    assert not recording.resource(address).protect
