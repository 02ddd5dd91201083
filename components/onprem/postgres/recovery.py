"""A second cluster, as the first one was at some second."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from components.onprem.postgres.archive import PLUGIN
from components.onprem.postgres.roles import OWN

SOURCE: Final = "source"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recovery:
    """What a cluster begins with, instead of nothing."""

    source: str
    """The name of the cluster that was lost or changed by mistake; its archive is read, never written."""
    at: datetime | None = None
    """The last second whose changes are wanted; all that the archive has, when absent."""

    def __post_init__(self) -> None:
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError(
                f"recovery at {self.at.isoformat()}: write the time zone too, like +00:00; "
                "an hour off brings the mistake back, or loses what came before it"
            )

    def bootstrap(self) -> Mapping[str, Any]:
        """For ``spec.bootstrap``."""
        until = {"recoveryTarget": {"targetTime": self.at.isoformat(sep=" ")}} if self.at else {}
        return {"recovery": {"source": SOURCE, "database": OWN, "owner": OWN, **until}}

    def origin(self, store: str) -> Mapping[str, Any]:
        """For ``spec.externalClusters``: the source's folder in the archive that ``store`` describes."""
        read = {"barmanObjectName": store, "serverName": self.source}
        return {"name": SOURCE, "plugin": {"name": PLUGIN, "parameters": read}}
