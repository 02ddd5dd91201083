"""The page: header, components, changes, exports, policies, and one line to remember."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.text import Text

from toolkit.compare import OPERATIONS, totals
from toolkit.judge import INPUT, Status, Violation
from toolkit.preview import Preview
from toolkit.screen.changes import changed, every
from toolkit.screen.diff import diffs, lines
from toolkit.screen.overview import overview
from toolkit.screen.paint import SIGNS, STYLES, WORDS, clean, columns, put

ASIDE: Final[Mapping[Status, str]] = {
    "waived": "waived",
    "not applicable": "about nothing that is here",
    "unknown": "not known yet",
}
"""What is said of rules that neither hold nor fail."""

SEVERITIES: Final = {"mandatory": "bold red", "advisory": "yellow"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Depth:
    """How much to print: components only, every resource, or every property of what changes."""

    all: bool = False
    diff: bool = False


def show(preview: Preview, depth: Depth, console: Console) -> None:
    """Print the preview, the summary last."""
    put(console, _header(preview), indent=0)
    if depth.diff:
        _section(console, "Properties", diffs(preview.changes))
    elif depth.all:
        _section(console, "Resources", every(preview.changes))
    else:
        _section(console, "Components", overview(preview.changes))
        if preview.baseline:
            listed = changed(preview.changes)
            _section(console, "Changes", listed or [Text("none", "dim")])
    exports = _exports if depth.all or depth.diff else _exported
    _section(console, "Exports", exports(preview.graph.exports))
    _section(console, "Problems", _violations(preview, problems=True))
    _section(console, "Policies", _policies(preview))
    console.print()
    put(console, [_summary(preview)], indent=0)


def _section(console: Console, name: str, content: Iterable[Text]) -> None:
    """A titled part of the page; no content, no part."""
    body = [*content]
    if body:
        console.print(Text(f"\n{name}", "bold"), soft_wrap=True)
        put(console, body)


def _header(preview: Preview) -> Iterator[Text]:
    graph = preview.graph
    yield Text.assemble("Preview of ", (clean(f"{graph.project}/{graph.stack}"), "bold cyan"))
    many = "resource" if len(graph.resources) == 1 else "resources"
    read = f"{len(graph.resources)} {many} recorded from __main__.py and Pulumi.{graph.stack}.yaml"
    yield Text(clean(f"{read} in {preview.seconds:.1f} s, offline"), "dim")
    old = preview.baseline
    if old is None:
        yield Text("compared with nothing: as if the stack were empty", "dim")
        return
    yield Text(f"compared with {clean(old.source)} ({len(old.graph.resources)} resources)", "dim")
    for warning in old.warnings(graph):
        yield Text.assemble(("warning: ", "bold yellow"), clean(warning))


def _exports(exports: Mapping[str, object]) -> Iterator[Text]:
    """What the program exports; a nested value goes on below its name."""
    width = max(map(len, exports), default=0)
    for name, value in exports.items():
        first, *rest = lines(value)
        yield Text.assemble((clean(f"{name:<{width}}"), ""), "  ", (first, "cyan"))
        yield from (Text(" " * (width + 2) + line, "cyan") for line in rest)


def _exported(exports: Mapping[str, object]) -> list[Text]:
    """What the program exports, in one line each: of a map its names, of a list its length."""
    return columns([(Text(clean(name)), Text(_brief(value), "cyan")) for name, value in exports.items()])


def _brief(value: object) -> str:
    match value:
        case Mapping() if value:
            return clean(", ".join(map(str, value)))
        case list() if value:
            return f"{len(value)} items"
    return "".join(lines(value))


def _policies(preview: Preview) -> Iterator[Text]:
    counted = Counter(outcome.status for outcome in preview.judgement.outcomes)
    held = sum(counted[status] for status in ("pass", "unknown", "not applicable"))
    said = Text(f"{held} of {counted.total()} rules hold", "bold yellow" if counted["fail"] else "green")
    told = [f"{counted[status]} {words}" for status, words in ASIDE.items() if counted[status]]
    yield said.append(f" ({', '.join(told)})", "dim") if told else said
    yield from _violations(preview, problems=False)
    yield from _waived(preview)


def _waived(preview: Preview) -> Iterator[Text]:
    """What is accepted for a while, one line for each waiver."""
    findings = [finding for outcome in preview.judgement.outcomes for finding in outcome.findings]
    for waiver in dict.fromkeys(finding.waiver for finding in findings if finding.waiver):
        until = f"until {waiver.expires} by {waiver.accepted_by}"
        yield Text.assemble(
            (f"waived {waiver.rule}", "yellow"), "  ", clean(waiver.reason), (f" ({until})", "dim")
        )


def _violations(preview: Preview, *, problems: bool) -> Iterator[Text]:
    """Problems of inputs, or else violations of rules: the severe ones first."""
    chosen = [violation for violation in preview.violations if (violation.rule == INPUT) is problems]
    for violation in sorted(chosen, key=lambda violation: violation.severity != "mandatory"):
        label = "error" if problems else f"{violation.severity} {violation.rule}"
        yield Text.assemble((label, SEVERITIES[violation.severity]), "  ", _subject(violation, preview))
        for line in clean(violation.message).splitlines():
            yield Text(f"    {line}")
        if violation.controls:
            yield Text(f"    {', '.join(violation.controls)}", "dim")


def _subject(violation: Violation, preview: Preview) -> Text:
    """The resource that a violation is about, as the page names resources everywhere."""
    resource = preview.graph.resources.get(violation.urn)
    if resource is None:
        return Text(clean(violation.urn))
    return Text.assemble((clean(resource.type), "dim"), " ", (clean(resource.name), "bold"))


def _summary(preview: Preview) -> Text:
    """What would be done, whether it may be, and how long it took to know."""
    counted = totals(preview.changes)
    parts = [
        Text(f"{SIGNS[operation]} {counted[operation]} {WORDS[operation]}", STYLES[operation])
        for operation in OPERATIONS
        if counted[operation]
    ]
    severe = sum(violation.severity == "mandatory" for violation in preview.violations)
    if severe:
        parts.append(Text(f"{severe} to correct first", "bold red"))
    parts.append(Text(f"{preview.seconds:.1f} s", "dim"))
    return Text("   ").join(parts)
