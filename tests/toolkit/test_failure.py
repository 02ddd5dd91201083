"""What is told about a program that fails: also what was refused before, which is often why."""

from pathlib import Path

import pytest

from toolkit.program import Program, ProgramError

GOOGLE = """\
import pulumi
from pulumi_gcp import Provider, compute, storage
google = Provider("google", project="clinic")
"""


def refusal(place: Path, program: str) -> ProgramError:
    """How a program fails."""
    for name, text in (
        ("Pulumi.yaml", "name: clinic\nruntime: python\n"),
        ("Pulumi.dev.yaml", "config: {}\n"),
        ("__main__.py", GOOGLE + program),
    ):
        place.joinpath(name).write_text(text, encoding="utf-8")
    with pytest.raises(ProgramError) as failed:
        Program.read(place, "dev").run()
    return failed.value


def test_a_program_that_falls_over_a_lookup_is_told_that_the_lookup_was_refused(tmp_path: Path) -> None:
    failed = refusal(
        tmp_path,
        "zones = compute.get_zones(region='us-central1', opts=pulumi.InvokeOptions(provider=google))\n"
        "first = zones.names[0]\n",
    )

    assert failed.message.startswith("TypeError: 'NoneType' object is not subscriptable\n  __main__.py:5")
    assert "refused before that: urn:pulumi:dev::clinic::pulumi:pulumi:Stack::clinic-dev" in failed.message
    assert "gcp:compute/getZones:getZones: nothing may look anything up" in failed.message


@pytest.mark.parametrize(
    ("argument", "name", "kind"),
    [
        ("location=['US']", "location", "text"),
        ("location='US', versioning=[{'enabled': True}]", "versioning", "a mapping"),
        ("location='US', labels=['a']", "labels", "a mapping"),
    ],
)
def test_a_list_in_the_wrong_place_is_told_in_the_authors_words(
    tmp_path: Path, argument: str, name: str, kind: str
) -> None:
    failed = refusal(
        tmp_path, f"storage.Bucket('b', {argument}, opts=pulumi.ResourceOptions(provider=google))\n"
    )

    assert failed.message == (
        f"a list stands where {kind} belongs\n  for b (gcp:storage/bucket:Bucket), in its input {name}"
    )
