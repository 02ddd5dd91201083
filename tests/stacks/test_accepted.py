"""What the settings accept, the program builds: no refusal may come after the first registration."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from components.classification import LABEL
from settings import Settings
from settings.names import CLASSIFICATION
from settings.places import REGIONS
from tests.settings.many import settings_with
from tests.stacks.graphs import ROOT
from toolkit.inputs import check
from toolkit.program import Program

LANS = ("10.200.0.0/22", "172.20.0.0/24", "192.168.80.0/27", "100.64.8.0/22")
NAMES = some.from_regex(r"[a-z]([a-z0-9-]{0,18}[a-z0-9])?", fullmatch=True)
LABELS = some.dictionaries(
    some.from_regex(r"[a-z][a-z0-9_-]{0,20}", fullmatch=True),
    some.from_regex(r"[a-z0-9_-]{0,20}", fullmatch=True),
    max_size=3,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    region=some.sampled_from([*REGIONS]),
    recovery=some.sampled_from([None, *REGIONS]),
    lan=some.sampled_from(LANS),
    site=NAMES,
    labels=LABELS,
    control_plane=some.sampled_from(["private", "iam"]),
)
def test_whatever_the_settings_accept_is_built(labels: Mapping[str, str], lan: str, **cloud: Any) -> None:
    written: dict[str, Any] = {**settings_with(1), "labels": labels}
    written["sites"][0] |= {"lan": lan, "name": cloud.pop("site")}
    written["cloud"] |= {**cloud, "residency": [*{*REGIONS.values()}]}
    try:
        Settings.model_validate(written | {"environment": "prod"})
    except ValidationError:
        reject()
    prod = Program.read(ROOT, "prod")
    graph = replace(prod, config={**prod.config, "prontuario:settings": json.dumps(written)}).run()
    assert graph.problems == []
    assert check(graph) == []


def test_settings_and_components_mean_the_same_label() -> None:
    assert CLASSIFICATION == LABEL
