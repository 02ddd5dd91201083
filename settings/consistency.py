"""What must hold between the values of a stack file, checked as far as each value can be read."""

from collections.abc import Iterator, Mapping

from settings.addresses import conflicts
from settings.choices import Environment
from settings.finding import Finding, reach, sites
from settings.inventories import inventories
from settings.links import links
from settings.models import models
from settings.names import AUDIT_LOGS, CLASSIFICATION, bucket_name
from settings.places import country


def inconsistencies(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Every contradiction between values of the file."""
    yield from _fit(raw)
    yield from _repeated_sites(raw)
    yield from _residency(raw)
    yield from _recovery(raw)
    yield from _lock(raw)
    yield from _labels(raw)
    yield from conflicts(raw)
    yield from links(raw)
    yield from inventories(raw)
    yield from models(raw)


def _fit(raw: Mapping[str, object]) -> Iterator[Finding]:
    """What each environment needs, and what it has no use for."""
    match raw.get("environment"):
        case Environment.DEV:
            yield from _needs(raw, "cluster", "dev runs on a local cluster; name its kubeconfig context")
            for key in ("cloud", "tunnels", "sites", "link"):
                yield from _refuses(raw, key, "dev uses no Google Cloud and no hospital; remove it")
        case Environment.STAGING:
            yield from _needs(raw, "cloud", "staging runs on Google Cloud; name its project and ranges")
            for key in ("tunnels", "sites", "link"):
                yield from _refuses(
                    raw, key, "staging holds synthetic data and reaches no hospital; remove it"
                )
            yield from _refuses(raw, "cluster", "only dev brings its own cluster; remove it")
        case Environment.PROD:
            yield from _needs(raw, "cloud", "prod is hybrid; name its Google Cloud project and ranges")
            yield from _needs(raw, "sites", "prod needs at least one hospital; add one")
            yield from _needs(
                raw, "tunnels", "the sites need tunnels; give a range with eight addresses for each"
            )
            yield from _needs(raw, "link", "the sites need a VPN; write it with generation: 1 below it")
            yield from _refuses(raw, "cluster", "only dev brings its own cluster; remove it")


def _needs(raw: Mapping[str, object], key: str, message: str) -> Iterator[Finding]:
    if raw.get(key) in (None, [], ()):
        yield Finding((key,), raw.get(key), f"is missing; {message}")


def _refuses(raw: Mapping[str, object], key: str, message: str) -> Iterator[Finding]:
    if raw.get(key) not in (None, [], ()):
        yield Finding((key,), None, f"does not belong here; {message}")


def _repeated_sites(raw: Mapping[str, object]) -> Iterator[Finding]:
    for key in ("name", "number", "public_address"):
        first: dict[object, int] = {}
        for index, site in sites(raw):
            value = site.get(key)
            if value is None or isinstance(value, list | dict):
                continue
            if value in first:
                message = f"is taken by sites[{first[value]}]; every site has its own"
                yield Finding(("sites", index, key), value, message)
            first.setdefault(value, index)


def _residency(raw: Mapping[str, object]) -> Iterator[Finding]:
    allowed = reach(raw, "cloud", "residency")
    if not isinstance(allowed, list | tuple) or not all(_is_country(each) for each in allowed):
        return
    for key in ("region", "backups", "recovery"):
        place = reach(raw, "cloud", key)
        land = country(str(place))
        if allowed and land and land not in allowed:
            message = f"lies in {land}, outside cloud.residency ({', '.join(allowed)})"
            yield Finding(
                ("cloud", key), place, f"{message}; choose another place, or allow {land} if the law does"
            )


def _is_country(value: object) -> bool:
    return isinstance(value, str) and len(value) == len("BR") and value.isupper()


def _recovery(raw: Mapping[str, object]) -> Iterator[Finding]:
    region, recovery = reach(raw, "cloud", "region"), reach(raw, "cloud", "recovery")
    if recovery is not None and recovery == region:
        message = "is cloud.region itself, and both would be lost together; name another region or remove it"
        yield Finding(("cloud", "recovery"), recovery, message)


def _lock(raw: Mapping[str, object]) -> Iterator[Finding]:
    project, lock = reach(raw, "cloud", "project"), reach(raw, "cloud", "lock_audit_logs")
    if lock is None or not isinstance(project, str):
        return
    bucket = bucket_name(project, AUDIT_LOGS)
    if lock != bucket:
        message = (
            f"is not the audit bucket, and its retention can never be unlocked; if meant, write {bucket}"
        )
        yield Finding(("cloud", "lock_audit_logs"), lock, message)


def _labels(raw: Mapping[str, object]) -> Iterator[Finding]:
    label = reach(raw, "labels", CLASSIFICATION)
    if label is not None:
        yield Finding(
            ("labels", CLASSIFICATION),
            label,
            "is not yours to say; every store knows what lies in it: remove it",
        )
