"""Access to some folders of a bucket that several share."""

import re
from collections.abc import Sequence
from typing import Final

from pulumi import Input, Output
from pulumi_gcp.storage import BucketIAMMemberConditionArgsDict

FOLDER: Final = re.compile(r"[a-z0-9][-a-z0-9]*(/[a-z0-9][-a-z0-9]*)*")
"""It stands in a condition, so it has no quotation mark in it."""


def check_folders(folders: Sequence[str]) -> None:
    """Raise ``ValueError`` for a folder that a condition could not hold, or that would say more than it."""
    for folder in folders:
        if not FOLDER.fullmatch(folder):
            raise ValueError(
                f"folder {folder!r}: write lower case letters, digits and dashes, without slashes at its "
                "ends, like postgres/recife"
            )


def within(bucket: Input[str], folders: Sequence[str]) -> BucketIAMMemberConditionArgsDict:
    """The condition of a grant on objects: those of the folders, and what is of the bucket as a whole.

    The latter is listing names, which clients ask for in their own way each: content stays closed
    (https://cloud.google.com/iam/docs/conditions-attribute-reference#resource-name).
    """
    names = [
        Output.concat('resource.name.startsWith("projects/_/buckets/', bucket, f'/objects/{folder}/")')
        for folder in folders
    ]
    own = Output.all(*names).apply(" || ".join)
    return {
        "title": "own-folders",
        "description": f"Objects in {', '.join(folders)}",
        "expression": Output.concat('resource.type != "storage.googleapis.com/Object" || ', own),
    }
