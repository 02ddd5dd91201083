"""The only reader of ``pulumi.Config``."""

from pathlib import Path

from pulumi import Config, ConfigTypeError, RunError, get_stack
from pydantic import ValidationError

from settings.choices import Environment
from settings.model import Settings
from settings.report import report


def load() -> Settings:
    """The stack's settings, or one ``pulumi.RunError`` that lists every problem of the stack file."""
    stack = get_stack()
    file = Path(f"Pulumi.{stack}.yaml")
    if stack not in {*Environment}:
        raise RunError(
            f"{file}: there is no environment {stack}; name it after one: {', '.join(Environment)}"
        )
    raw = _raw()
    if not isinstance(raw, dict):
        raise RunError(f"{file}: no settings; write them below config, prontuario:settings (see README.md)")
    if "environment" in raw:
        raise RunError(f"{file}: settings.environment: remove it; the stack's name says it ({stack})")
    try:
        settings = Settings.model_validate({**raw, "environment": stack})
    except ValidationError as error:
        raise RunError(report(error, Settings, file)) from None
    if told := report(None, Settings, file):
        raise RunError(told)
    return settings


def _raw() -> object:
    try:
        return Config().get_object("settings")
    except ConfigTypeError:  # text that is no JSON
        return None
