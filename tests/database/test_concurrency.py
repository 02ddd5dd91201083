"""The job runs while the wards write, and what it has sent bit by bit is what it would send at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest

from tests.database.site import PUBLISHED, Cloud, Site
from tests.postgres.server import until

pytestmark = pytest.mark.xdist_group("database-concurrency")

SMALLEST: Final = """SELECT coalesce(min(n), 4) FROM
    (SELECT count(DISTINCT subject) AS n FROM deidentified.patients GROUP BY born, sex) AS groups"""
CARE: Final = """
CREATE FUNCTION public.care(what int, n int, year int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CASE what
        WHEN 1 THEN INSERT INTO clinical.patients (name, ward, born, sex)
            VALUES ('P' || n, 'w', make_date(year, 1, 1), 'F');
        WHEN 2 THEN UPDATE clinical.patients SET born = make_date(year, 1, 1) WHERE name = 'P' || n;
        WHEN 3 THEN DELETE FROM clinical.vitals
            WHERE patient IN (SELECT id FROM clinical.patients WHERE name = 'P' || n);
        WHEN 4 THEN DELETE FROM clinical.patients p WHERE name = 'P' || n
            AND NOT EXISTS (SELECT FROM clinical.vitals v WHERE v.patient = p.id);
        WHEN 5 THEN UPDATE clinical.vitals
            SET patient = (SELECT id FROM clinical.patients ORDER BY id OFFSET n % 9 LIMIT 1)
            WHERE id = (SELECT max(id) FROM clinical.vitals);
        WHEN 6 THEN UPDATE clinical.vitals SET pulse = year - 1900 WHERE id % 7 = n % 7;
            PERFORM pg_sleep(0.05);
        ELSE INSERT INTO clinical.vitals (patient, pulse)
            SELECT id, n FROM clinical.patients WHERE name = 'P' || n;
    END CASE;
EXCEPTION WHEN foreign_key_violation OR deadlock_detected THEN
    NULL;  -- two of them met; one goes on
END $$"""
WRITING: Final = """
\\set n random(1, 60)
\\set year random(1950, 1957)
\\set what random(1, 10)
SELECT public.care(:what, :n, :year);
"""


def held(site: Site) -> list[str]:
    asked = "SELECT string_agg(t::text, ' ' ORDER BY key) FROM deidentified.{0} t"
    return [site.deidentified(asked.format(each)) for each in PUBLISHED]


def write(site: Site) -> None:
    """Four people on the ward, for as long as the job runs some times."""
    script = site.server.folder / "ward.sql"
    site.server.put(script, WRITING)
    line = ("--no-vacuum", "--client=4", "--jobs=2", "--time=12", f"--file={script}")
    site.server.run("pgbench", *line, "clinical")


def test_bit_by_bit_is_the_same_as_at_once(site: Site, cloud: Cloud) -> None:
    site.clinical("""INSERT INTO clinical.patients (name, ward, born, sex)
        SELECT 'P' || n, 'w', make_date(1950 + n % 8, 1, 1), 'F' FROM generate_series(1, 50) n""")
    site.clinical(CARE)
    runs = 0
    with ThreadPoolExecutor() as pool:
        ward = pool.submit(write, site)
        while not ward.done():
            site.deidentify(k=4)
            runs += 1
            assert int(site.deidentified(SMALLEST)) >= 4, "no group is ever too small"
        ward.result()
    assert runs > 3
    site.deidentify(k=4)
    bit_by_bit = held(site)
    assert all(bit_by_bit[each] for each in (0, 2))
    counted = "SELECT count(*) FROM {0}.vitals"
    assert site.deidentified(counted.format("deidentified")) == site.clinical(counted.format("clinical"))
    site.owner("SELECT deidentification.forget()")
    site.deidentify(k=4)
    assert held(site) == bit_by_bit
    for each in PUBLISHED:
        asked = f"SELECT string_agg(t::text, ' ' ORDER BY key) FROM deidentified.{each} t"
        until(lambda asked=asked: cloud.sql(asked) == site.deidentified(asked), f"{each} has arrived")
