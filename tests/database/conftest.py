"""A migrated hospital, and a cloud that has subscribed to it."""

from collections.abc import Iterator

import pytest

from tests.components.onprem.postgres.conftest import Hospital, hospital
from tests.database.site import Cloud, Site, migrated, subscribed

__all__ = ["hospital"]


@pytest.fixture(scope="module")
def site(hospital: Hospital) -> Site:
    return migrated(hospital)


@pytest.fixture(scope="module")
def cloud(site: Site) -> Iterator[Cloud]:
    with subscribed(site) as made:
        yield made
