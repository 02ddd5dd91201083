"""``python -m toolkit audit``: read, judge, write two files, and say where they are."""

import re
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from toolkit.audit.document import document
from toolkit.audit.failure import AuditError
from toolkit.audit.page import written
from toolkit.audit.report import Report, report
from toolkit.audit.subject import Subject, exported, previewed
from toolkit.audit.words.said import Language
from toolkit.progress import Progress
from toolkit.screen.paint import clean

HOUSE: Final = Path(__file__).resolve().parents[2]
"""The checkout whose rules judge."""

PLACE: Final = Path(".cache") / "audit"

TOLD: Final = 5
"""So many faults are told on the terminal; the report has all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What somebody asked for."""

    root: Path | None
    """The nearest Pulumi project; an export needs none."""
    stack: str
    state: Path | None
    since: Path | None
    out: Path | None
    language: Language


def audit(order: Order) -> bool:
    """Write the report; whether it finds nothing that must be mended.

    Raises ``AuditError``, ``BaselineError`` or ``ProgramError`` when there is nothing to report on.
    """
    started = time.perf_counter()
    now = datetime.now(UTC)
    previous = exported(order.since, HOUSE, now) if order.since else None
    done = report(_subject(order, now), previous)
    files = _write(done, order)
    lines = [*_told(done, time.perf_counter() - started), "", *map(str, files)]
    sys.stdout.write("\n".join(map(clean, lines)) + "\n")
    return not done.refused


def _subject(order: Order, now: datetime) -> Subject:
    if order.state:
        return exported(order.state, HOUSE, now)
    if order.root is None:
        raise AuditError(
            "no Pulumi.yaml here or in any directory above", "go to the checkout, or give --state"
        )
    # What the program itself prints is no part of the summary.
    with Progress(f"reading {order.stack}") as progress, redirect_stdout(sys.stderr):
        return previewed(order.root, order.stack, now, progress)


def _write(done: Report, order: Order) -> list[Path]:
    """The page and the document, named after the stack, whatever that calls itself."""
    folder = order.out or (order.root or Path.cwd()) / PLACE
    name = re.sub(r"[^\w-]+", "-", done.stack, flags=re.ASCII).strip("-") or "stack"
    files = [folder / f"{name}.html", folder / f"{name}.json"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in zip(files, (written(done, order.language), document(done)), strict=True):
            file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AuditError(
            f"the report cannot be written to {folder}: {error.strerror}", "name another folder with --out"
        ) from error
    return files


def _told(done: Report, seconds: float) -> Iterator[str]:
    """The report in a few lines."""
    yield f"Audit of {done.project}/{done.stack}"
    source = done.provenance.source
    yield f"{done.resources} resources of {source}, judged by {len(done.rules)} rules in {seconds:.1f} s"
    yield ""
    counts = [f"{count} {status}" for status, count in done.counts.items() if count]
    yield f"{len(done.controls)} controls: {', '.join(counts) or 'none'}"
    abroad = sum(line.transfer == "transfer" for line in done.lines)
    yield f"{len(done.stores)} stores, {abroad} places of data outside of Brazil"
    if done.since:
        worse = [turned.control for turned in done.since.verdicts if turned.worse]
        yield f"{len(done.since.resources)} resources changed since {done.since.provenance.source}"
        yield from [f"fails now, and did not: {', '.join(worse)}"] if worse else []
    yield from _faults(done)


def _faults(done: Report) -> Iterator[str]:
    if not done.refused:
        yield "nothing must be mended"
        return
    found = [f"{fault.rule}  {_name(fault.urn)}: {fault.message}" for fault in done.mandatory]
    found += [f"secret in clear  {_name(leak.urn)}: {leak.path}" for leak in done.leaks]
    yield f"{len(found)} to mend:"
    yield from (f"  {line}" for line in found[:TOLD])
    if len(found) > TOLD:
        yield f"  and {len(found) - TOLD} more, in the report"


def _name(urn: str) -> str:
    return urn.rpartition("::")[2] or "the stack"
