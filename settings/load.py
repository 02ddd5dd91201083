"""The only reader of ``pulumi.Config``."""

from pathlib import Path

from pulumi import Config, RunError, get_stack
from pydantic import ValidationError

from settings.model import Settings
from settings.report import report


def load() -> Settings:
    """The stack's settings, or one ``pulumi.RunError`` that lists every problem of the stack file."""
    stack = get_stack()
    file = Path(f"Pulumi.{stack}.yaml")
    raw = Config().get_object("settings")
    if not isinstance(raw, dict):
        raise RunError(f"{file}: no settings; write them below config, prontuario:settings (see README.md)")
    if "environment" in raw:
        raise RunError(f"{file}: settings.environment: remove it; the stack's name says it ({stack})")
    try:
        return Settings.model_validate({**raw, "environment": stack})
    except ValidationError as error:
        raise RunError(report(error, Settings, file)) from None
