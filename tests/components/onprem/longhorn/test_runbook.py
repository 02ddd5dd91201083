"""What the runbook tells people to type is what Longhorn and our volumes take."""

import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from components.onprem.longhorn.backups import Kept, jobs
from components.onprem.longhorn.encryption import NAMESPACE, RECIPE, REPLICATED, SECRET
from tests.crds import faults

RUNBOOK: Final = Path(__file__).parents[4] / "docs" / "runbooks" / "longhorn-restore.md"
TEXT: Final = RUNBOOK.read_text(encoding="utf-8")
MANIFESTS: Final[list[Any]] = [
    yaml.safe_load(block) for block in re.findall(r"^ *```yaml\n(.*?)^ *```", TEXT, re.DOTALL | re.MULTILINE)
]
OURS: Final = [each for each in MANIFESTS if each["apiVersion"].startswith("longhorn.io/")]


def manifest(kind: str) -> Any:
    (found,) = (each for each in MANIFESTS if each["kind"] == kind)
    return found


@pytest.mark.parametrize("each", OURS, ids=lambda each: each["kind"])
def test_every_custom_resource_is_as_its_definition_wants_it(each: Any) -> None:
    assert faults(each) == []


def test_a_restored_volume_is_opened_with_the_one_key() -> None:
    assert manifest("Volume")["spec"]["encrypted"] is True
    csi = manifest("PersistentVolume")["spec"]["csi"]
    assert csi["volumeHandle"] == manifest("Volume")["metadata"]["name"]
    for use in ("nodeStageSecretRef", "nodePublishSecretRef", "nodeExpandSecretRef"):
        assert csi[use] == {"name": SECRET, "namespace": NAMESPACE}


def test_a_restored_volume_says_whose_data_it_holds() -> None:
    claim = manifest("PersistentVolumeClaim")
    assert claim["metadata"]["labels"] == {"data-classification": "patient"}
    assert claim["spec"]["storageClassName"] == REPLICATED
    assert claim["spec"]["volumeName"] == manifest("PersistentVolume")["metadata"]["name"]


def test_the_secret_from_escrow_is_the_one_that_the_program_makes() -> None:
    literal = dict(re.findall(r"--from-literal=(\w+)=(\S+)", TEXT))
    assert literal == {**RECIPE}
    assert re.findall(r"--from-file=(\w+)=", TEXT) == ["CRYPTO_KEY_VALUE"]
    assert f"create secret generic {SECRET} " in TEXT


def test_what_is_restored_is_also_kept() -> None:
    tasks = {job["task"] for job in jobs(Kept(), backups=True).values()}
    assert {"snapshot", "backup", "system-backup"} <= tasks


def test_every_link_leads_to_a_section() -> None:
    sections = {title.lower().replace(" ", "-") for title in re.findall(r"^## (.+)$", TEXT, re.MULTILINE)}
    assert {*re.findall(r"\]\(#([\w-]+)\)", TEXT)} <= sections
