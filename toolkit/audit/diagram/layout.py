"""Where every box of a picture stands. Nothing is measured or random: the same scene stands the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from toolkit.audit.diagram.model import Flow, Scene, Zone

HEIGHT: Final = 46
"""Of a node."""
GAP: Final = 9
PAD: Final = 13
HEAD: Final = 46
"""Of a zone: its title and what is below it."""
BETWEEN: Final = 18
"""Zones of one column."""
LANE: Final = 8
TOP: Final = 40
"""Above the zones: the name of the project."""
EDGE: Final = 12

COLUMNS: Final[Mapping[str, int]] = {
    "site": 0,
    "outside": 0,
    "network": 1,
    "identities": 1,
    "managed": 2,
    "elsewhere": 3,
    "keys": 3,
}
CLOUD: Final = frozenset({"network", "identities", "managed", "elsewhere", "keys"})


class Box(NamedTuple):
    """A rectangle, and the column in which it stands."""

    x: float
    y: float
    width: float
    height: float
    column: int

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half of its height."""
        return self.y + self.height / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A picture whose boxes have their places."""

    width: float
    height: float
    zones: Mapping[str, Box]
    nodes: Mapping[str, Box]
    lanes: Mapping[tuple[int, str], float]
    """For the space right of a column and a source: where its lines run up and down."""
    tops: Mapping[str, float]
    """For a source whose lines pass a column: how high they pass it."""
    project: Box | None
    """Around everything in the cloud."""
    border: tuple[float, float, float, float] | None
    """The line between the hospital and the cloud."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A wide picture for paper and screens, or a narrow one for phones."""

    node: float
    """The width of a node."""
    narrow: bool = False

    def column(self, zone: Zone) -> int:
        """In which column a zone stands."""
        return 0 if self.narrow else COLUMNS[zone.sort]


WIDE: Final = Form(node=214)
NARROW: Final = Form(node=236, narrow=True)


def laid(scene: Scene, form: Form) -> Layout:
    """The places of everything in ``scene``."""
    used = sorted({form.column(zone) for zone in scene.zones})
    column_of = {node.id: form.column(zone) for zone in scene.zones for node in zone.nodes}
    channels = _channels(scene.flows, column_of, used)
    passing = _passing(scene.flows, column_of, used)
    starts, lanes, width = _columns(used, channels, form)
    top = EDGE + TOP + len(passing) * LANE + (GAP if passing else 0)
    zones, nodes = _stacked(scene.zones, starts, top, form)
    height = max((box.bottom for box in zones.values()), default=top) + PAD + EDGE
    project = _project(scene.zones, zones, width, form)
    return Layout(
        width=width,
        height=height,
        zones=zones,
        nodes=nodes,
        lanes=lanes,
        tops={source: EDGE + TOP + index * LANE for index, source in enumerate(passing)},
        project=project,
        border=_border(scene, zones, project, form),
    )


def _channels(
    flows: Sequence[Flow], column_of: Mapping[str, int], used: Sequence[int]
) -> dict[int, list[str]]:
    """Which sources need a lane right of which column."""
    channels: dict[int, list[str]] = {column: [] for column in used}
    for flow in flows:
        here, there = column_of[flow.source], column_of[flow.target]
        before = used[max(used.index(there) - 1, 0)]
        needed = {
            "loop": [here],
            "right": [here, before],
            "left": [there, used[max(used.index(here) - 1, 0)]],
        }[direction(here, there)]
        for column in needed:
            if flow.source not in channels[column]:
                channels[column].append(flow.source)
    return channels


def direction(here: int, there: int) -> str:
    """Which way a line leaves its source."""
    return "loop" if here == there else "right" if here < there else "left"


def _passing(flows: Sequence[Flow], column_of: Mapping[str, int], used: Sequence[int]) -> list[str]:
    """The sources whose lines pass a column on their way."""
    index = {column: at for at, column in enumerate(used)}
    far = [
        flow.source
        for flow in flows
        if abs(index[column_of[flow.source]] - index[column_of[flow.target]]) > 1
    ]
    return [*dict.fromkeys(far)]


def _columns(
    used: Sequence[int], channels: Mapping[int, Sequence[str]], form: Form
) -> tuple[dict[int, float], dict[tuple[int, str], float], float]:
    """Where each column begins, where the lanes behind it are, and how wide all is."""
    starts, lanes = {}, {}
    x: float = EDGE if form.narrow else EDGE / 2
    for column in used:
        starts[column] = x
        x += form.node + 2 * PAD
        sources = channels[column]
        inner = 20 if sources or not form.narrow else 0
        for index, source in enumerate(sources):
            lanes[column, source] = x + inner + index * LANE
        last = column == used[-1]
        x += inner + len(sources) * LANE + (0 if last else 22) if sources or not last else EDGE
    return starts, lanes, x + EDGE / 2


def _stacked(
    zones: Sequence[Zone], starts: Mapping[int, float], top: float, form: Form
) -> tuple[dict[str, Box], dict[str, Box]]:
    """Zones below each other in their column, nodes below each other in their zone."""
    below = dict.fromkeys(starts, top)
    boxes, nodes = {}, {}
    for zone in zones:
        column = form.column(zone)
        x, y = starts[column], below[column]
        head = HEAD if zone.sub.en else HEAD - 16
        for index, node in enumerate(zone.nodes):
            at = y + head + index * (HEIGHT + GAP)
            nodes[node.id] = Box(x + PAD, at, form.node, HEIGHT, column)
        height = head + len(zone.nodes) * (HEIGHT + GAP) - GAP + PAD
        boxes[zone.id] = Box(x, y, form.node + 2 * PAD, height, column)
        gap = BETWEEN + (TOP if form.narrow and _last_outside(zone, zones) else 0)
        below[column] = y + height + gap
    return boxes, nodes


def _last_outside(zone: Zone, zones: Sequence[Zone]) -> bool:
    """Whether the cloud begins below this zone, so that its name needs room."""
    outside = [each for each in zones if each.sort not in CLOUD]
    return bool(outside) and zone is outside[-1]


def _project(zones: Sequence[Zone], boxes: Mapping[str, Box], width: float, form: Form) -> Box | None:
    """Around all zones of the cloud."""
    inside = [boxes[zone.id] for zone in zones if zone.sort in CLOUD]
    if not inside:
        return None
    left = min(box.x for box in inside) - (EDGE - 4 if form.narrow else EDGE)
    top = min(box.y for box in inside) - TOP + 4 if form.narrow else EDGE / 2
    return Box(left, top, width - left - 2, max(box.bottom for box in inside) + PAD - top, 0)


def _border(
    scene: Scene, boxes: Mapping[str, Box], project: Box | None, form: Form
) -> tuple[float, float, float, float] | None:
    """Where the country ends: between the hospital's zones and the project."""
    sites = [boxes[zone.id] for zone in scene.zones if zone.sort == "site"]
    if not sites or project is None:
        return None
    if form.narrow:
        y = project.y - 9
        return (0, y, project.right, y)
    x = project.x - 11
    return (x, EDGE / 2, x, project.bottom)
