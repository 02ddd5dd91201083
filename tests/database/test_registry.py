"""The registry refuses what it cannot answer for, with the reason, and then nothing has changed."""

import json

import pytest

from tests.database.site import Site
from tests.postgres.server import RefusalError

pytestmark = pytest.mark.xdist_group("database-registry")

BASIS = "LGPD art. 11, II, f"
ID = {"kind": "technical", "publish": {"as": "pseudonym"}}
WELL = {
    "id": ID,
    "patient": ID,
    "name": {"kind": "identifier"},
    "told": {"kind": "narrative"},
    "code": {"kind": "health", "publish": {"as": "code", "pattern": "^[A-Z][0-9]{2}$"}},
    "dose": {"kind": "health", "publish": {"as": "number", "least": 0, "most": 100}},
    "at": {"kind": "health", "publish": {"as": "shifted"}},
}
ALL = "SELECT (SELECT string_agg(t::text, ',' ORDER BY t) FROM registry.{0} t)"


@pytest.fixture(scope="module", autouse=True)
def allergies(site: Site) -> None:
    site.owner("""CREATE TABLE clinical.allergies (id uuid PRIMARY KEY, patient uuid NOT NULL, name text,
        told text, code text, dose numeric, at date);
        ALTER TABLE clinical.allergies ENABLE ROW LEVEL SECURITY;
        CREATE TABLE clinical.bare (id uuid PRIMARY KEY, patient uuid NOT NULL);
        CREATE TABLE clinical.keyless (id uuid, patient uuid NOT NULL);
        ALTER TABLE clinical.keyless ENABLE ROW LEVEL SECURITY""")


def register(site: Site, relation: str = "allergies", subject: str = "patient", **columns: object) -> None:
    written = json.dumps({**WELL, **columns}).replace("'", "''")
    site.owner(f"SELECT registry.register('{relation}', '{subject}', '{BASIS}', '20 years', '{written}')")


def state(site: Site) -> list[str]:
    kept = [site.clinical(ALL.format(each)) for each in ("tables", "columns")]
    return [
        *kept,
        site.clinical("SELECT count(*) FROM deidentification.changes"),
        site.clinical("SELECT count(*) FROM pg_trigger"),
    ]


def test_a_table_that_is_described_is_registered_and_may_be_described_again(site: Site) -> None:
    register(site)
    before = state(site)[:2]
    register(site, told={"kind": "narrative"})
    assert state(site)[1] == before[1]
    assert site.clinical("SELECT count(*) FROM registry.columns WHERE relation = 'allergies'") == "7"


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ({"relation": "nowhere"}, "there is no table clinical.nowhere"),
        ({"relation": "registry.tables"}, "there is no table clinical.registry.tables"),
        ({"relation": "bare"}, "clinical.bare has no row-level security"),
        ({"relation": "keyless"}, "clinical.keyless needs a primary key of one column"),
        ({"subject": "patients"}, "clinical.allergies has no subject column patients"),
        ({"subject": "name"}, "clinical.allergies has no subject column name"),
        ({"nme": {"kind": "identifier"}}, "clinical.allergies has no column nme"),
        ({"name": None}, "clinical.allergies.name: nothing is no kind"),
        (
            {"name": {"kind": "identifier", "publish": {"as": "code", "pattern": "^[A-Z]$"}}},
            "clinical.allergies.name: personal data, it says who somebody is: it may be published as a",
        ),
        (
            {"told": {"kind": "narrative", "publish": {"as": "pseudonym"}}},
            "clinical.allergies.told: personal data, anything may be written in free text: it is never",
        ),
        ({"told": {"kind": "secret"}}, "clinical.allergies.told: 'secret' is no kind"),
        (
            {"at": {"kind": "quasi", "publish": {"as": "shifted"}}},
            "quasi may be published as code, number, flag, year",
        ),
        ({"at": {"kind": "health", "publish": {}}}, "not as it is"),
        ({"at": {"kind": "health", "publish": {"as": "number"}}}, "a date cannot be published as number"),
        ({"code": {"kind": "health", "publish": {"as": "code"}}}, "a code needs a pattern from ^ to $"),
        (
            {"code": {"kind": "health", "publish": {"as": "code", "pattern": "^.*$"}}},
            "the pattern ^.*$ lets Maria da Silva through",
        ),
        (
            {"code": {"kind": "health", "publish": {"as": "code", "pattern": "^[0-9]+$"}}},
            "the pattern ^[0-9]+$ lets 12345678909 through",
        ),
        (
            {"code": {"kind": "health", "publish": {"as": "code", "pattern": "^[$"}}},
            "its rule cannot be read",
        ),
        (
            {"dose": {"kind": "health", "publish": {"as": "number", "least": 0, "most": 99999999999}}},
            "a number needs least and most, of seven digits",
        ),
        ({"dose": {"kind": "health", "publish": {"as": "number"}}}, "a number needs least and most"),
        ({"dose": {"kind": "technical", "publish": {"as": "pseudonym"}}}, "a pseudonym of what?"),
    ],
)
def test_a_wrong_entry_is_refused_and_nothing_has_changed(
    site: Site, described: dict[str, object], said: str
) -> None:
    before = state(site)
    with pytest.raises(RefusalError) as refused:
        register(site, **described)  # ty: ignore[invalid-argument-type] -- wrong on purpose
    assert said in str(refused.value)
    assert state(site) == before


def test_a_column_that_nobody_classified_is_refused(site: Site) -> None:
    register(site)  # whatever has run before
    site.owner("ALTER TABLE clinical.allergies ADD COLUMN phone text")
    with pytest.raises(RefusalError, match=r"clinical.allergies.phone is not classified"):
        register(site)
    assert site.clinical("SELECT relation, name FROM registry.unregistered WHERE relation = 'allergies'") == (
        "allergies|phone"
    )
    site.owner("ALTER TABLE clinical.allergies DROP COLUMN phone")


def test_the_law_is_named(site: Site) -> None:
    with pytest.raises(RefusalError, match=r"clinical.allergies needs a legal basis and a retention"):
        site.owner("SELECT registry.register('allergies', 'patient', ' ', '20 years', '{}')")


def test_only_the_owner_registers(site: Site) -> None:
    with pytest.raises(RefusalError, match="permission denied"):
        site.app("SELECT registry.register('allergies', 'patient', 'x', '20 years', '{}')")
