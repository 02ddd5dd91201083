"""What the job sends, what it holds back, and what it does when something breaks off."""

from threading import Thread

import pytest

from components.onprem.postgres import roles
from tests.database.site import KEY, Site
from tests.postgres.server import RefusalError, until

pytestmark = pytest.mark.xdist_group("database-deidentification")

WARD = "INSERT INTO clinical.patients (name, ward, born, sex) SELECT 'P' || n, 'w', '{0}-05-01', '{1}'"


@pytest.fixture(scope="module", autouse=True)
def ward(site: Site) -> None:
    """Ten of 1950, three of 1970: two groups, one of them small."""
    site.clinical(f"{WARD.format(1950, 'F')} FROM generate_series(1, 10) n")
    site.clinical(f"{WARD.format(1970, 'M')} FROM generate_series(11, 13) n")
    site.clinical("""INSERT INTO clinical.encounters (patient, began, diagnosis, urgent)
        SELECT id, '2026-03-01 10:00+00', 'I10', true FROM clinical.patients;
        INSERT INTO clinical.vitals (patient, encounter, at, pulse, temperature)
        SELECT patient, id, began + interval '7 days', 71, 36.64 FROM clinical.encounters""")


def groups(site: Site) -> str:
    return site.deidentified(
        "SELECT born, sex, count(*) FROM deidentified.patients GROUP BY 1, 2 ORDER BY 1, 2"
    )


def test_small_groups_are_held_back_and_counted(site: Site) -> None:
    told = site.deidentify()
    assert told["patients"] == [0, 10, 3]
    assert told["vitals"] == [0, 13, 0]
    assert groups(site) == "1950|F|10"


def test_a_run_without_changes_sends_nothing(site: Site) -> None:
    site.deidentify()
    assert site.deidentify() == {}


def test_only_who_changed_is_sent(site: Site) -> None:
    site.deidentify()
    before = site.deidentified("SELECT xmin, key FROM deidentified.vitals ORDER BY key")
    site.clinical("UPDATE clinical.vitals SET pulse = 99 WHERE id = 1")
    assert site.deidentify()["vitals"] == [1, 1, 0]
    after = site.deidentified("SELECT xmin, key FROM deidentified.vitals ORDER BY key")
    assert len({*before.splitlines()} - {*after.splitlines()}) == 1
    assert site.deidentified("SELECT pulse FROM deidentified.vitals WHERE pulse <> 71") == "99"


def test_rows_that_are_as_they_were_are_not_written_again(site: Site) -> None:
    site.deidentify()
    versions = "SELECT string_agg(xmin::text, ' ' ORDER BY key) FROM deidentified.vitals"
    before = site.deidentified(versions)
    site.owner("SELECT deidentification.forget()")
    assert site.deidentify()["vitals"][1] == 13
    assert site.deidentified(versions) == before


def test_who_becomes_somebody_else_is_not_there_twice(site: Site) -> None:
    site.clinical(f"{WARD.format(1950, 'F')} FROM generate_series(99, 99) n")
    site.deidentify()
    assert groups(site) == "1950|F|11"
    site.clinical("UPDATE clinical.patients SET id = gen_random_uuid() WHERE name = 'P99'")
    site.deidentify()
    assert groups(site) == "1950|F|11"
    site.clinical("DELETE FROM clinical.patients WHERE name = 'P99'")
    site.deidentify()
    assert groups(site) == "1950|F|10"


def test_a_group_that_grows_is_published_and_one_that_shrinks_is_taken_back(site: Site) -> None:
    site.clinical(f"{WARD.format(1970, 'M')} FROM generate_series(14, 15) n")
    assert site.deidentify()["patients"] == [5, 5, 0], "those whom nobody changed come along"
    assert groups(site) == "1950|F|10\n1970|M|5"
    site.clinical("DELETE FROM clinical.patients WHERE name = 'P15'")
    site.deidentify()
    assert groups(site) == "1950|F|10"
    site.deidentify(k=4)
    assert site.deidentify(k=4) == {}
    site.clinical("UPDATE clinical.patients SET sex = sex WHERE name = 'P14'")
    assert site.deidentify(k=4)["patients"] == [1, 1, 0]
    assert groups(site) == "1950|F|10\n1970|M|4"
    site.clinical("DELETE FROM clinical.patients WHERE name = 'P14'")
    site.deidentify()
    assert groups(site) == "1950|F|10"


def test_who_is_deleted_is_gone_and_nobody_else(site: Site) -> None:
    site.deidentify()
    before = int(site.deidentified("SELECT count(*) FROM deidentified.encounters"))
    site.clinical("""INSERT INTO clinical.patients (name, ward) VALUES ('gone', 'w');
        INSERT INTO clinical.encounters (patient, diagnosis)
        SELECT id, 'J45' FROM clinical.patients WHERE name = 'gone'""")
    site.deidentify()
    assert site.deidentified("SELECT count(*) FROM deidentified.encounters WHERE diagnosis = 'J45'") == "1"
    site.clinical("""DELETE FROM clinical.encounters WHERE diagnosis = 'J45';
        DELETE FROM clinical.patients WHERE name = 'gone'""")
    site.deidentify()
    assert int(site.deidentified("SELECT count(*) FROM deidentified.encounters")) == before


def test_dates_move_with_their_subject_and_references_still_meet(site: Site) -> None:
    site.deidentify()
    apart = """SELECT DISTINCT v.at - e.began FROM deidentified.vitals v
        JOIN deidentified.encounters e ON e.key = v.encounter AND e.subject = v.subject"""
    assert site.deidentified(apart) == "7 days"
    moved = site.deidentified("SELECT DISTINCT began::date - '2026-03-01'::date FROM deidentified.encounters")
    offsets = {int(each) for each in moved.splitlines()}
    assert len(offsets) > 5
    assert all(-180 <= each <= 180 for each in offsets)
    assert site.deidentified("SELECT DISTINCT temperature FROM deidentified.vitals") == "36.6"


def test_what_changes_while_the_job_runs_is_sent_by_the_next_run(site: Site) -> None:
    site.deidentify()
    site.clinical("UPDATE clinical.vitals SET pulse = 60 WHERE id = 2")
    late = "UPDATE clinical.vitals SET pulse = 61 WHERE id = 2"
    busy = site.scripts() / "receive-late.sql"
    own = (site.scripts() / "receive.sql").read_text(encoding="utf-8")
    aside = f'psql -h {site.server.folder} -U postgres -d clinical -c "{late}"'
    site.server.put(
        busy, own.replace("COMMIT;", f"\\! env -i PATH=$PATH PGPORT={site.server.port} {aside}\nCOMMIT;")
    )
    site.deidentify(RECEIVE=str(busy))
    assert site.deidentified("SELECT count(*) FROM deidentified.vitals WHERE pulse = 60") == "1"
    site.deidentify()
    assert site.deidentified("SELECT count(*) FROM deidentified.vitals WHERE pulse = 61") == "1"


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("SELECT incoming.apply();", "SELECT 1 / 0;"),
        ("\\copy incoming.stream FROM pstdin", "\\copy incoming.stream FROM PROGRAM 'head -n 2'"),
        ("COMMIT;", "ROLLBACK;\nSELECT 1 / 0;"),
    ],
)
def test_a_run_that_breaks_off_changes_nothing_and_the_next_one_makes_up(
    site: Site, was: str, becomes: str
) -> None:
    site.deidentify()
    before = site.deidentified("SELECT v::text FROM deidentified.vitals v ORDER BY key")
    site.clinical("UPDATE clinical.vitals SET pulse = pulse + 1")
    broken = site.scripts() / "receive-broken.sql"
    site.server.put(
        broken, (site.scripts() / "receive.sql").read_text(encoding="utf-8").replace(was, becomes)
    )
    with pytest.raises(RefusalError):
        site.deidentify(RECEIVE=str(broken))
    assert site.deidentified("SELECT v::text FROM deidentified.vitals v ORDER BY key") == before
    assert site.deidentify()["vitals"][1] == 13
    assert site.deidentified("SELECT v::text FROM deidentified.vitals v ORDER BY key") != before


def test_a_stream_that_ends_early_is_refused(site: Site) -> None:
    known = site.as_(roles.deidentifier(roles.DEIDENTIFIED))
    with pytest.raises(RefusalError, match="the stream broke off: nothing was changed"):
        site.server.sql(
            """SELECT incoming.begin(); INSERT INTO incoming.stream VALUES ('all', 'patients');
            SELECT incoming.apply()""",
            roles.DEIDENTIFIED,
            **known,
        )


@pytest.mark.parametrize(
    ("k", "key", "said"),
    [
        (5, None, "no key: it is 32 bytes or more"),
        (5, "5e5e", "no key: it is 32 bytes or more"),
        (1, KEY, "k is 1: at least 2"),
        (5, "6f" * 32, "another key than the last run's"),
    ],
)
def test_a_run_that_cannot_be_right_is_refused(site: Site, k: int, key: str | None, said: str) -> None:
    site.deidentify()
    with pytest.raises(RefusalError) as refused:
        site.deidentify(k, key)
    assert said in str(refused.value)


def test_of_whom_is_withheld_nothing_is_published_nor_counted(site: Site) -> None:
    site.deidentify()
    kept = "SELECT count(*), count(DISTINCT subject) FROM deidentified.vitals"
    before, grouped = site.deidentified(kept), groups(site)
    chosen = site.clinical(
        "SELECT id FROM clinical.patients WHERE born = '1950-05-01' ORDER BY id LIMIT 6"
    ).split()
    for each in chosen[:1]:
        site.owner(f"SELECT deidentification.withhold('{each}')")
    site.deidentify()
    assert groups(site) == "1950|F|9"
    assert site.deidentified(kept) == "12|12"
    for each in chosen:
        site.owner(f"SELECT deidentification.withhold('{each}')")
    site.deidentify()
    assert groups(site) == "", "four are left, too few to be published"
    for each in chosen:
        site.owner(f"SELECT deidentification.release('{each}')")
    site.deidentify()
    assert (site.deidentified(kept), groups(site)) == (before, grouped)


def test_a_table_that_is_withdrawn_is_taken_back(site: Site) -> None:
    site.deidentify()
    entry = site.clinical("""SELECT jsonb_object_agg(name, jsonb_strip_nulls(jsonb_build_object(
        'kind', kind, 'publish', rule))) FROM registry.columns WHERE relation = 'vitals'""")
    count = "SELECT count(*) FROM deidentified.vitals"
    before = site.deidentified(count)
    site.owner("SELECT registry.withdraw('vitals')")
    site.clinical("UPDATE clinical.vitals SET pulse = 50")
    site.deidentify()
    assert site.deidentified(count) == "0"
    assert site.clinical("SELECT * FROM deidentification.sent WHERE relation = 'vitals'") == ""
    with pytest.raises(RefusalError, match=r"clinical\.vitals is not registered"):
        site.owner("SELECT registry.withdraw('vitals')")
    site.owner(f"SELECT registry.register('vitals', 'patient', 'LGPD art. 11, II, f', '20 years', '{entry}')")
    site.deidentify()
    assert site.deidentified(count) == before != "0"


def test_another_key_makes_everybody_somebody_else(site: Site) -> None:
    site.deidentify()
    subjects = "SELECT DISTINCT subject FROM deidentified.vitals"
    before = {*site.deidentified(subjects).splitlines()}
    site.owner("SELECT deidentification.forget()")
    site.deidentify(key="6f" * 32)
    after = {*site.deidentified(subjects).splitlines()}
    assert len(after) == len(before)
    assert not before & after
    site.owner("SELECT deidentification.forget()")
    site.deidentify()
    assert {*site.deidentified(subjects).splitlines()} == before


def test_a_column_that_took_anothers_name_stops_the_job(site: Site) -> None:
    site.owner("""ALTER TABLE clinical.encounters RENAME diagnosis TO was;
        ALTER TABLE clinical.encounters RENAME summary TO diagnosis""")
    with pytest.raises(
        RefusalError, match=r"not the columns that were registered: .*clinical\.encounters\.diagnosis"
    ):
        site.deidentify()
    site.owner("""ALTER TABLE clinical.encounters RENAME diagnosis TO summary;
        ALTER TABLE clinical.encounters RENAME was TO diagnosis""")
    site.deidentify()


def test_two_runs_never_meet(site: Site) -> None:
    taken = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
    other = Thread(
        target=site.clinical, args=("SELECT pg_advisory_lock(hashtext('deidentification')), pg_sleep(3)",)
    )
    other.start()
    until(lambda: site.clinical(taken) == "1", "another session has the lock")
    with pytest.raises(RefusalError, match="another run is going on"):
        site.deidentify()
    other.join()
    site.deidentify()
