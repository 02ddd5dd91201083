"""The machines of a hospital."""

from ipaddress import IPv4Address
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from settings.choices import Architecture, Duty, Os, Role
from settings.fields.names import DiskName, HostKey, Https, Name, Sha256, Title, UserName
from settings.fields.network import Address, Interface, MacAddress, SshPort
from settings.part import Part


class Node(Part):
    """The Linux machine inside a Mac that is a node of the cluster; it never sees the Mac's GPU."""

    address: Annotated[Address, Field(description="in the lan", examples=["10.20.0.11"])]
    mac: Annotated[
        MacAddress,
        Field(description="locally administered, its own for ever", examples=["52:55:55:aa:00:11"]),
    ]
    cpus: Annotated[StrictInt, Field(ge=2, le=64, description="of the host's", examples=[8])]
    memory_gib: Annotated[StrictInt, Field(ge=4, le=512, description="of the host's", examples=[16])]
    system_gib: Annotated[
        StrictInt, Field(ge=40, le=1000, description="disk of system, images and logs", examples=[120])
    ]
    storage_gib: Annotated[
        StrictInt,
        Field(ge=0, le=16000, description="disk of replicated volumes; 0 for none", examples=[1400]),
    ]


class Host(Part):
    """A machine of the hospital: a Mac that holds a Linux machine, or Linux itself."""

    name: Annotated[Name, Field(description="short and lasting", examples=["mac-1"])]
    role: Annotated[Role, Field(description="server runs the control plane", examples=["server"])]
    duty: Annotated[
        Duty | None, Field(description="workers only: what they are for", examples=["api-backend"])
    ] = None
    os: Annotated[Os, Field(description="macos or linux", examples=["macos"])]
    model: Annotated[Title, Field(description="as on the invoice", examples=["Mac mini M4 Pro"])]
    address: Annotated[Address, Field(description="in the lan, for SSH", examples=["10.20.0.1"])]
    mac: Annotated[MacAddress, Field(description="of its wired card", examples=["d0:11:e5:00:00:01"])]
    host_key: Annotated[
        HostKey,
        Field(description="its public SSH key, as ssh-keyscan prints it", examples=["ssh-ed25519 AAAA..."]),
    ]
    cpus: Annotated[StrictInt, Field(ge=2, le=256, description="all of them", examples=[10])]
    memory_gib: Annotated[StrictInt, Field(ge=8, le=2048, description="all of it", examples=[24])]
    disk_gib: Annotated[StrictInt, Field(ge=100, le=64000, description="all of it", examples=[1860])]
    architecture: Annotated[
        Architecture | None, Field(description="linux only: its processor's", examples=["amd64"])
    ] = None
    interface: Annotated[
        Interface | None, Field(description="linux only: its wired card", examples=["enp1s0"])
    ] = None
    storage_device: Annotated[
        DiskName | None,
        Field(
            description="linux only: the whole disk of replicated volumes, by its lasting name",
            examples=["/dev/disk/by-id/nvme-eui.0025385b71b0a1d4"],
        ),
    ] = None
    storage_gib: Annotated[
        StrictInt, Field(ge=0, le=64000, description="linux only: that disk's size", examples=[1860])
    ] = 0
    node: Annotated[Node | None, Field(description="macos only: the Linux machine inside")] = None
    inference_gib: Annotated[
        StrictInt,
        Field(ge=0, le=512, description="macos only: memory of models on the GPU", examples=[10]),
    ] = 0
    allow_destroy: Annotated[
        StrictBool, Field(description="whether taking it out of the stack removes the node for good")
    ] = False

    @property
    def node_address(self) -> IPv4Address:
        """Of the cluster's node on this machine."""
        return self.node.address if self.node else self.address

    @property
    def node_storage_gib(self) -> int:
        """Of the disk of replicated volumes, wherever it is."""
        return self.node.storage_gib if self.node else self.storage_gib


class Image(Part):
    """What a Mac's Linux machine begins with."""

    url: Annotated[
        Https,
        Field(
            description="an arm64 cloud image; for vfkit as a raw disk",
            examples=["https://hospital.example/ubuntu-26.04-arm64.raw"],
        ),
    ]
    sha256: Annotated[Sha256, Field(description="of that file", examples=["0" * 64])]


class Jump(Part):
    """A machine in the hospital through which the others are entered.

    It carries SSH alone: the cluster's own API, at the first server's address, is still reached directly.
    """

    address: Annotated[
        Address, Field(description="where whoever deploys reaches it", examples=["203.0.113.11"])
    ]
    port: Annotated[SshPort, Field(description="of SSH", examples=[22])] = 22
    user: Annotated[UserName, Field(description="who enters", examples=["deploy"])]
    host_key: Annotated[HostKey, Field(description="its public SSH key", examples=["ssh-ed25519 AAAA..."])]


class Entry(Part):
    """How machines are entered; the key is in the SSH agent of whoever deploys."""

    user: Annotated[UserName, Field(description="who becomes root without a password", examples=["deploy"])]
    jump: Annotated[Jump | None, Field(description="only where machines are not reached directly")] = None
