"""The clock of a node: etcd, certificates and audit trails rest on it."""

import re
from collections.abc import Sequence
from typing import Final

from components.files import File, Files
from components.onprem.machines.install import Reaction

CONFIGURATION: Final = "/etc/chrony/chrony.conf"

UNIT: Final = "chrony.service"

SERVER: Final = re.compile(r"[A-Za-z0-9.-]+")

REACTION: Final = Reaction(
    name="clock",
    paths=[CONFIGURATION],
    run=f"systemctl restart {UNIT}",
    says="the clock follows its sources anew",
)


def clock(sources: Sequence[str]) -> Files:
    """Has chrony ask those NTP servers and no others; it serves nobody.

    A virtual machine's clock jumps when its host stops for a while: it may be set at once in the first
    measurements after chrony starts, and afterwards only slewed, because etcd bears no jump.
    """
    if not sources:
        raise ValueError("clocks: write at least one NTP server; without one, certificates fail some day")
    for source in sources:
        if not SERVER.fullmatch(source):
            raise ValueError(
                f"clocks: {source!r} is no NTP server's name or address; write one, like a.st1.ntp.br"
            )
    lines = [
        *(f"server {source} iburst" for source in sources),
        "driftfile /var/lib/chrony/chrony.drift",
        "makestep 1.0 3",
        "maxupdateskew 100.0",
        "rtcsync",
        "leapsectz right/UTC",
        "port 0",
        "cmdport 0",
    ]
    return {CONFIGURATION: File(content="\n".join(lines) + "\n")}
