"""What every group of settings is."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of the settings: immutable, and without room for a key that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")
