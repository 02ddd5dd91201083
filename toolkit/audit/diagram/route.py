"""How lines run between boxes: along lanes of their own, never through a box."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from toolkit.audit.diagram.layout import Layout, direction
from toolkit.audit.diagram.model import Flow

Point: TypeAlias = tuple[float, float]

CORNER: Final = 6
TIP: Final = 3
"""How far before its box a line ends, for its arrow."""


def routes(flows: Sequence[Flow], layout: Layout) -> Iterator[tuple[Flow, str]]:
    """Every flow with its path, as SVG writes paths."""
    doors = _doors(flows, layout)
    used = sorted({box.column for box in layout.nodes.values()})
    for flow in flows:
        yield flow, _path([*_points(flow, layout, doors, used)])


def _doors(flows: Sequence[Flow], layout: Layout) -> dict[tuple[str, str], float]:
    """Where each line enters its target: lines from several sources side by side."""
    into: dict[str, list[str]] = {}
    for flow in flows:
        if flow.source not in into.setdefault(flow.target, []):
            into[flow.target].append(flow.source)
    found = {}
    for target, sources in into.items():
        box = layout.nodes[target]
        sources.sort(key=lambda source: layout.nodes[source].y)
        for index, source in enumerate(sources):
            found[source, target] = box.y + box.height * (index + 1) / (len(sources) + 1)
    return found


def _points(
    flow: Flow, layout: Layout, doors: Mapping[tuple[str, str], float], used: Sequence[int]
) -> Iterator[Point]:
    source, target = layout.nodes[flow.source], layout.nodes[flow.target]
    way = direction(source.column, target.column)
    door = doors[flow.source, flow.target]
    here, there = used.index(source.column), used.index(target.column)
    out = source.x if way == "left" else source.right
    into = target.x - TIP if way == "right" else target.right + TIP
    if way == "loop":
        lanes = [layout.lanes[source.column, flow.source]]
    elif way == "right":
        lanes = [layout.lanes[used[here], flow.source], layout.lanes[used[there - 1], flow.source]]
    else:
        lanes = [layout.lanes[used[here - 1], flow.source], layout.lanes[used[there], flow.source]]
    yield out, source.middle
    yield lanes[0], source.middle
    if abs(here - there) > 1:
        yield lanes[0], layout.tops[flow.source]
        yield lanes[-1], layout.tops[flow.source]
    yield lanes[-1], door
    yield into, door


def _path(points: Sequence[Point]) -> str:
    """Straight lines with round corners."""
    line = f"M{_at(points[0])}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, _length(before, corner) / 2, _length(corner, after) / 2)
        if radius > 0:
            line += (
                f"L{_at(_toward(corner, before, radius))}Q{_at(corner)} {_at(_toward(corner, after, radius))}"
            )
    return line + f"L{_at(points[-1])}"


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _toward(corner: Point, other: Point, distance: float) -> Point:
    """A point beside ``corner`` on the straight way to ``other``."""
    length = _length(corner, other)
    return (
        corner[0] + (other[0] - corner[0]) * distance / length,
        corner[1] + (other[1] - corner[1]) * distance / length,
    )


def _at(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"
