"""The tables of stores, transfers, secrets and waivers."""

from collections.abc import Sequence

import htpy as h

from toolkit.audit.hospitals import LOCAL
from toolkit.audit.page.elements import (
    Row,
    badge,
    identifier,
    lead,
    listed,
    resource,
    rows_of,
    say,
    section,
    table,
)
from toolkit.audit.report import Held, Report
from toolkit.audit.secrets import OLDEST, Material, Rotated
from toolkit.audit.stores import Key, Reader, Spot, Store
from toolkit.audit.transfers import Line
from toolkit.audit.words import law, page
from toolkit.audit.words import stores as words
from toolkit.audit.words import tables as heads

TRANSFERS = {"home": law.AT_HOME, "transfer": law.TRANSFER, "unknown": law.NOWHERE, "local": law.STAYS}


def stores(report: Report) -> h.Element:
    """Where data lies."""
    titles = [heads.STORE, heads.PLACE, heads.KEY, heads.KEPT, heads.COPIES, heads.READERS]
    rows = rows_of(report.stores, _store)
    body = table(page.STORES, titles, rows, "stores") if rows else h.p[say(page.NONE)]
    return section("stores", page.STORES, lead(heads.STORES_LEAD), body)


def _store(store: Store) -> Row:
    protected = h.div(class_="kind")[say(heads.PROTECTED)] if store.protected else None
    return [
        [
            h.strong(class_="name", title=store.urn)[store.name],
            h.div(class_="kind")[say(store.kind)],
            label(store.classification),
            protected,
        ],
        listed([_spot(spot) for spot in store.spots]),
        listed([_key(key) for key in store.keys], say(words.NO_KEY if store.onsite else words.GOOGLE_KEY)),
        listed([say(said) for said in store.retention], _nothing()),
        listed([say(said) for said in store.backup], _nothing()),
        listed(
            [_reader(grants) for grants in _by_reader(store.readers)], say(store.otherwise or words.NOBODY)
        ),
    ]


def label(classification: str) -> h.Element:
    """A class of data, as a label in its own colour."""
    said = words.CLASSES.get(classification)
    if said:
        return h.span(class_=f"class {classification}")[say(said)]
    return h.span(class_="class none")[classification or say(words.UNCLASSIFIED)]


def _nothing() -> h.Node:
    return h.span(class_="unset")[say(words.NONE_SET)]


def _spot(spot: Spot) -> h.Node:
    return [_place(spot.location, spot.country), [" · ", say(heads.BACKUP)] if spot.backup else None]


def _place(location: str, country: str) -> h.Node:
    """A place and its country, which a multi-region has in its name."""
    if not location:
        return say(law.NOWHERE)
    if location == LOCAL:
        return say(law.LOCAL)
    if location == country:
        return [identifier(location), " · ", say(words.MULTI_REGION)]
    return [identifier(location), " · ", country or say(law.NOWHERE)]


def _key(key: Key) -> h.Node:
    if key.note and not key.urn:
        return [identifier(key.name), h.div(class_="kind")[say(key.note)]]
    if not key.urn:
        return [identifier(key.name), h.div(class_="kind")[say(words.FOREIGN_KEY)]]
    rotation = words.ROTATES.fill(days=f"{key.rotation_days:.6g}") if key.rotation_days else words.NEVER
    kept = words.HARDWARE if key.hardware else words.SOFTWARE
    note = [say(key.note), ", "] if key.note else None
    return [identifier(key.name), h.div(class_="kind")[note, say(rotation), ", ", say(kept)]]


def _by_reader(readers: Sequence[Reader]) -> list[list[Reader]]:
    """The grants of each reader together: one account may be named in several ways."""
    found: dict[str, list[Reader]] = {}
    for reader in readers:
        found.setdefault(reader.account or reader.member, []).append(reader)
    return [*found.values()]


def _reader(grants: Sequence[Reader]) -> h.Node:
    first = max(grants, key=lambda grant: len(grant.member))
    name = say(words.EVERYBODY) if first.public else first.member or say(words.LATER)
    return [h.strong(class_="member")[name], [_grant(grant) for grant in grants]]


def _grant(grant: Reader) -> h.Element:
    only = [", ", say(words.ONLY_IF.fill(condition=grant.condition))] if grant.condition else None
    return h.div(class_="kind")[identifier(grant.role), " ", say(grant.how), only]


def transfers(report: Report) -> h.Element:
    """The data map."""
    titles = [heads.DATA, heads.PLACE, heads.TRANSFER, heads.BASIS, heads.MECHANISM, heads.DECLARATION]
    rows = rows_of(report.lines, _line)
    body = table(page.TRANSFERS, titles, rows, "transfers") if rows else h.p[say(page.NONE)]
    return section("transfers", page.TRANSFERS, lead(heads.TRANSFERS_LEAD), body)


def _line(line: Line) -> Row:
    return [
        [h.strong(class_="name")[line.store], h.br, label(line.classification)],
        _place(line.location, line.country),
        h.span(class_=f"border-crossing {line.transfer}")[say(TRANSFERS[line.transfer])],
        say(line.basis),
        say(line.mechanism),
        say(line.source) if line.declared else h.em[say(line.source)],
    ]


def secrets(report: Report) -> h.Element:
    """How old secrets may get, and what the state holds itself."""
    titles = [heads.SECRET, heads.OPENS, heads.AGE, heads.TOLD, heads.READERS, page.RESULT]
    rows = rows_of(report.secrets, _secret)
    return section(
        "secrets",
        page.SECRETS,
        lead(heads.SECRETS_LEAD.fill(days=OLDEST)),
        table(page.SECRETS, titles, rows, "secrets") if rows else h.p[say(page.NONE)],
        h.h3[say(heads.MATERIAL)],
        _material(report),
    )


def _secret(secret: Rotated) -> Row:
    return [
        h.strong(class_="name", title=secret.urn)[secret.name],
        label(secret.classification),
        _age(secret),
        _told(secret),
        listed(
            [grants[0].member or say(words.LATER) for grants in _by_reader(secret.readers)], say(words.NOBODY)
        ),
        badge(secret.status),
    ]


def _age(secret: Rotated) -> h.Node:
    if secret.lasting:
        return [say(heads.LASTING), h.div(class_="kind")[secret.lasting]]
    return say(page.DAYS.fill(days=f"{secret.days:.6g}")) if secret.days else say(heads.NO_ROTATION)


def _told(secret: Rotated) -> h.Node:
    if secret.lasting and not secret.topic:
        return say(heads.NOTHING_DUE)
    return identifier(secret.topic) if secret.topic else say(heads.NOBODY_TOLD)


def _material(report: Report) -> h.Node:
    if not report.material:
        return h.p[say(heads.NO_MATERIAL)]
    rows = rows_of(report.material, _held)
    return [
        lead(heads.MATERIAL_LEAD),
        table(heads.MATERIAL, [page.RESOURCE, heads.PROPERTY], rows, "material"),
    ]


def _held(held: Material) -> Row:
    return [resource(held.type, held.name, held.urn), identifier(held.path)]


def waivers(report: Report) -> h.Element:
    """Risks that somebody has accepted."""
    titles = [page.RULE, heads.REASON, heads.COMPENSATING, heads.ACCEPTED, heads.EXPIRES]
    rows = rows_of(report.waivers, _waiver)
    body = table(page.WAIVERS, titles, rows, "waivers") if rows else h.p[say(heads.NO_WAIVERS)]
    return section("waivers", page.WAIVERS, lead(heads.WAIVERS_LEAD), body)


def _waiver(held: Held) -> Row:
    waiver = held.waiver
    expired = [" ", h.em[say(heads.EXPIRED)]] if held.expired else None
    used = h.div(class_="kind")[say(heads.USED.fill(count=held.used))]
    return [
        [h.a(href=f"#rule-{waiver.rule}")[waiver.rule], h.div[identifier(waiver.resource)], used],
        waiver.reason,
        waiver.compensating,
        waiver.accepted_by,
        [waiver.expires.isoformat(), expired],
    ]
