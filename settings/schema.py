"""The JSON schema of the stack files, for editors: ``python -m settings.schema`` writes it."""

import json
from pathlib import Path
from typing import Any, Final

from settings.model import Settings

FILE: Final = Path(__file__).with_name("schema.json")


def schema() -> dict[str, Any]:
    """The schema of a whole ``Pulumi.<stack>.yaml``, our settings below its ``config`` key."""
    settings = Settings.model_json_schema()
    parts = settings.pop("$defs")
    settings["properties"].pop("environment")
    settings["required"].remove("environment")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A stack of prontuario",
        "description": "Written by `make schema` from settings/model.py.",
        "type": "object",
        "properties": {
            "config": {
                "type": "object",
                "properties": {
                    "prontuario:settings": settings,
                    "pulumi:disable-default-providers": {"const": ["gcp", "kubernetes"]},
                },
                "required": ["prontuario:settings", "pulumi:disable-default-providers"],
            },
            "environment": {"description": "Pulumi's own: environments to take config from"},
            "secretsprovider": {"type": "string"},
            "encryptedkey": {"type": "string"},
            "encryptionsalt": {"type": "string"},
        },
        "required": ["config"],
        "additionalProperties": False,
        "$defs": {name: part for name, part in parts.items() if name != "Environment"},
    }


def text() -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
