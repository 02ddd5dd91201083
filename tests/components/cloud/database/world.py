"""Two databases: one with a replica as production has it, and a small one."""

from typing import Final

from pulumi import ResourceOptions

from components.cloud.access.identity import Identity, IdentityArgs
from components.cloud.database.cloudsql import CloudSql
from components.cloud.database.settings import Availability, DatabaseBackups
from components.cloud.network.private_services import PrivateServices, PrivateServicesArgs
from components.cloud.project import Api, Project
from components.cloud.secrets.keys import Key, Keys, KeysArgs
from components.cloud.weekly import DatabaseMaintenance, Weekday
from tests.components.cloud.arguments import cloud_sql
from tests.components.cloud.recorded import LABELS, NETWORK, REGION, networks

PRIMARY: Final = "DatabaseInstance records"
ELSEWHERE: Final = "us-east1"
REPLICA: Final = f"DatabaseInstance records-{ELSEWHERE}"


def program(project: Project) -> None:
    """Both databases, with the keys, the connection and the account that they need."""
    agent = project.agent(Api.SQL)
    keys = {"database": Key(location=REGION, agent=agent), "replica": Key(location=ELSEWHERE, agent=agent)}
    ids = Keys("keys", KeysArgs(project=project, keys=keys)).ids
    (range_,) = networks("10.76.0.0/16")
    private = PrivateServices(
        "psa",
        PrivateServicesArgs(
            project=project, network=NETWORK, network_name="vpc", range=range_, export_routes=True
        ),
    )
    api = Identity("api", IdentityArgs(project=project, account_id="records-api", display_name="Records"))
    args = cloud_sql(
        project,
        network=private.network,
        allocated_range=private.range_name,
        key=ids["database"],
        databases=["records", "metrics"],
        accounts={"api": api.email},
        replicas={ELSEWHERE: ids["replica"]},
        labels=LABELS,
        flags={"max_connections": "200"},
    )
    CloudSql("records", args, ResourceOptions(protect=True))
    small = cloud_sql(
        project,
        availability=Availability.ZONAL,
        tier="db-custom-1-3840",
        disk_gb=100,
        deletion_protection=False,
        backups=DatabaseBackups(location="us", kept=7, final_days=1, hour=23),
        maintenance=DatabaseMaintenance(day=Weekday.MONDAY, hour=0),
    )
    CloudSql("small", small)
