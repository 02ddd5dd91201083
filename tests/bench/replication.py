"""How long it takes from a ward to the cloud, on two real servers of this machine."""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Final

from rich.table import Table

from tests.components.onprem.postgres.conftest import running
from tests.database.site import Cloud, Site, migrated, subscribed
from tests.debian import lacking
from tests.postgres.server import PACKAGES, until

PATIENTS: Final = 20_000
EACH: Final = 5
"""Measurements of each."""
LAGS: Final = 50

Row = tuple[str, str, str]

ARRIVALS: Final = """
CREATE TABLE arrivals (key uuid, at timestamptz);
CREATE FUNCTION arrived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO public.arrivals VALUES (NEW.key, clock_timestamp()); RETURN NULL; END $$;
CREATE TRIGGER arrived AFTER INSERT ON deidentified.vitals FOR EACH ROW EXECUTE FUNCTION arrived();
ALTER TABLE deidentified.vitals ENABLE ALWAYS TRIGGER arrived"""


def table() -> Table:
    """The job, for all and for one; the lag of the subscription; what noting changes costs a ward."""
    rows = Table("what", "measured", "goal", title="De-identified replication: two servers on loopback")
    if missing := lacking(PACKAGES):
        rows.add_row(f"not here: {', '.join(missing)}", "", "")
        return rows
    with running() as hospital:
        site = migrated(hospital)
        with subscribed(site) as cloud:
            for row in (*_wards(site), *_jobs(site, cloud), _lag(site, cloud)):
                rows.add_row(*row)
    return rows


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _wards(site: Site) -> Iterator[Row]:
    """The same rows are inserted with and without the triggers, in turns, a hundred a statement."""
    site.clinical(f"""INSERT INTO clinical.patients (name, ward, born, sex)
        SELECT 'P' || n, 'w', make_date(1940 + n % 60, 1, 1), 'F' FROM generate_series(1, {PATIENTS}) n""")
    some = """DO $$ BEGIN FOR n IN 1..200 LOOP INSERT INTO clinical.vitals (patient, pulse)
        SELECT id, 70 FROM clinical.patients LIMIT 100; END LOOP; END $$"""
    walls: dict[str, list[float]] = {"DISABLE": [], "ENABLE ALWAYS": []}
    for _ in range(5):
        for state, wall in walls.items():
            site.clinical(f"ALTER TABLE clinical.vitals {state} TRIGGER deidentification_insert")
            wall.append(_seconds(lambda: site.clinical(some)))
    ratio = statistics.median(walls["DISABLE"]) / statistics.median(walls["ENABLE ALWAYS"])
    yield "rows a second of a ward, with changes noted over without", f"{ratio:.2f}", ""
    site.clinical(f"""TRUNCATE clinical.vitals; INSERT INTO clinical.vitals (patient, pulse)
        SELECT id, 70 + n FROM clinical.patients, generate_series(1, {EACH}) n""")


def _jobs(site: Site, cloud: Cloud) -> Iterator[Row]:
    rows = PATIENTS * (1 + EACH)
    seconds = _seconds(site.deidentify)
    yield f"the job, {rows:,} rows the first time", f"{seconds:.1f} s, {rows / seconds:,.0f} a second", ""
    count = "SELECT count(*) FROM deidentified.vitals"
    until(lambda: cloud.sql(count) == str(PATIENTS * EACH), "the cloud has all", seconds=300)
    site.clinical("UPDATE clinical.vitals SET pulse = 99 WHERE id = (SELECT max(id) FROM clinical.vitals)")
    yield f"the job, one of {PATIENTS:,} patients changed", f"{_seconds(site.deidentify):.2f} s", ""


def _lag(site: Site, cloud: Cloud) -> Row:
    cloud.sql(ARRIVALS)
    for _ in range(LAGS):
        site.deidentified("""INSERT INTO deidentified.vitals (key, subject, at)
            VALUES (gen_random_uuid(), gen_random_uuid(), clock_timestamp())""")
    until(lambda: cloud.sql("SELECT count(*) FROM arrivals") == str(LAGS), "all have arrived")
    told = cloud.sql("""SELECT percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY
        extract(epoch FROM a.at - v.at) * 1000) FROM arrivals a JOIN deidentified.vitals v USING (key)""")
    middle, most = (float(each) for each in told.strip("{}").split(","))
    return "lag from commit to commit, median and 95 %", f"{middle:.1f} ms, {most:.1f} ms", "under 1 s"
