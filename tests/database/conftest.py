"""A migrated hospital, and a cloud that has subscribed to it."""

from collections.abc import Iterator

import pytest

from components.onprem.postgres import roles
from tests.components.onprem.postgres.conftest import Hospital, hospital
from tests.database.site import ANALYTICS, PASSWORD, Cloud, Site
from tests.postgres.ports import free
from tests.postgres.server import Server, folder

__all__ = ["hospital"]


@pytest.fixture(scope="module")
def site(hospital: Hospital) -> Site:
    made = Site(hospital)
    for database in roles.DATABASES:
        made.migrate(database, database)
        made.migrate(database, f"example/{database}", "example")
    return made


@pytest.fixture(scope="module")
def cloud(site: Site) -> Iterator[Cloud]:
    with folder() as here, Server(here, free()) as server:
        server.create().configure({"wal_level": "logical", "wal_receiver_timeout": "5s"}).start()
        server.sql(f"CREATE DATABASE {ANALYTICS}")
        made = Cloud(server)
        made.migrate("cloud")
        made.migrate("example/cloud", "example")
        site.server.sql(f"ALTER ROLE {roles.REPLICATOR} PASSWORD '{PASSWORD}'")
        made.subscribe(site)
        yield made
        made.sql("ALTER SUBSCRIPTION hospital DISABLE")
