"""Migrations run, run again, and leave each role what it needs and nothing else."""

import pytest

from components.onprem.postgres import roles
from tests.database.site import Site
from tests.postgres.server import RefusalError

pytestmark = pytest.mark.xdist_group("database-migrations")

SHAPE = """
SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
    SELECT format('%s %s %s %s', c.oid::regclass, c.relkind, c.relacl, c.relowner::regrole) FROM pg_class c
    WHERE c.relnamespace::regnamespace::text !~ '^pg_|information_schema'
    UNION ALL SELECT format('%s %s %s', p.oid::regprocedure, p.proacl, md5(p.prosrc)) FROM pg_proc p
    WHERE p.pronamespace::regnamespace::text !~ '^pg_|information_schema'
    UNION ALL SELECT format('%s %s', datname, datacl) FROM pg_database
    UNION ALL SELECT format('%s %s %s', polrelid::regclass, polname, pg_get_expr(polqual, polrelid))
    FROM pg_policy
    UNION ALL SELECT format('%s %s', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT format('%s %s', prrelid::regclass, prattrs) FROM pg_publication_rel
) AS lines (line)"""


@pytest.mark.parametrize("database", roles.DATABASES)
def test_a_migration_that_ran_runs_again_and_changes_nothing(site: Site, database: str) -> None:
    before = site.server.sql(SHAPE, database)
    assert site.migrate(database, database) == "", "the tool knows what has run"
    for folder, table in ((database, "platform"), (f"example/{database}", "example")):
        site.server.sql(f"TRUNCATE migrations.{table}", database)
        assert "Applied" in site.migrate(database, folder, table)
    assert site.server.sql(SHAPE, database) == before


def test_a_migration_as_somebody_else_says_what_is_wrong(site: Site) -> None:
    with pytest.raises(RefusalError, match="run as clinical_owner, not as clinical_migrator"):
        site.migrate("clinical", "clinical", "wrong", role="clinical_migrator")


@pytest.mark.parametrize("database", roles.DATABASES)
def test_nothing_is_everybodys(site: Site, database: str) -> None:
    grants = """
        SELECT c.oid::regclass::text FROM pg_class c, aclexplode(c.relacl) a
        WHERE a.grantee = 0 AND c.relnamespace::regnamespace::text !~ '^pg_|information_schema'
        UNION ALL
        SELECT p.oid::regprocedure::text
        FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
        WHERE a.grantee = 0 AND p.proowner = (SELECT oid FROM pg_roles WHERE rolname = '{0}_owner')
        UNION ALL
        SELECT d.datname FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
        WHERE a.grantee = 0 AND d.datname = '{0}'
    """
    assert site.server.sql(grants.format(database), database) == ""


@pytest.mark.parametrize("database", roles.DATABASES)
def test_functions_with_their_owners_rights_have_a_fixed_search_path(site: Site, database: str) -> None:
    loose = """SELECT oid::regprocedure FROM pg_proc WHERE prosecdef AND probin IS NULL
        AND NOT coalesce(proconfig @> ARRAY['search_path=pg_catalog, pg_temp'], false)"""
    assert site.server.sql(loose, database) == ""


@pytest.mark.parametrize("database", roles.DATABASES)
def test_the_job_has_no_table_to_read(site: Site, database: str) -> None:
    role = roles.deidentifier(database)
    readable = f"""SELECT c.oid::regclass FROM pg_class c
        WHERE c.relnamespace::regnamespace::text !~ '^pg_|information_schema' AND c.relkind IN ('r', 'v')
        AND has_table_privilege('{role}', c.oid, 'SELECT')"""
    assert site.server.sql(readable, database) == ""


def test_a_service_sees_the_patients_of_the_wards_of_whom_it_acts_for(site: Site) -> None:
    nurse, other = (f"00000000-0000-4000-8000-00000000000{each}" for each in (1, 2))
    site.clinical(f"""INSERT INTO clinical.staff VALUES ('{nurse}', 'north'), ('{other}', 'south');
        INSERT INTO clinical.patients (name, ward) VALUES ('A', 'north'), ('B', 'south'), ('C', 'south');
        INSERT INTO clinical.vitals (patient, pulse) SELECT id, 70 FROM clinical.patients""")
    for table in ("patients", "vitals"):
        counted = f"SELECT count(*) FROM clinical.{table}"
        assert site.app(counted) == "0", "who acts for nobody sees nobody"
        assert site.app(f"BEGIN; SELECT access.act('{nurse}'); {counted}; COMMIT").split() == ["1"]
        assert site.app(f"BEGIN; SELECT access.act('{other}'); {counted}; COMMIT").split() == ["2"]
        assert site.app(f"BEGIN; SELECT access.act('{other}'); COMMIT; {counted}").split() == ["0"]
    with pytest.raises(RefusalError, match="row-level security"):
        site.app(f"""BEGIN; SELECT access.act('{nurse}');
            INSERT INTO clinical.patients (name, ward) VALUES ('D', 'south')""")
    with pytest.raises(RefusalError, match="permission denied"):
        site.app("DELETE FROM clinical.patients")
    with pytest.raises(RefusalError, match="permission denied"):
        site.app("SELECT * FROM registry.tables")
