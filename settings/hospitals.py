"""The hospitals, and the VPN that joins them with the cloud."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, StrictInt

from settings.choices import Backend, Carrier, Driver
from settings.fields.geography import Country
from settings.fields.names import Name
from settings.fields.network import Address, Clock, Network, Port, Row
from settings.fields.refusal import once
from settings.inventory import Entry, Host, Image
from settings.models import Model
from settings.part import Part


class Link(Part):
    """How hospitals and cloud are joined."""

    backend: Annotated[
        Backend,
        Field(
            description="wireguard, or ipsec where only FIPS-validated cryptography may be used or the "
            "hospital's firewall speaks nothing else",
            examples=["wireguard"],
        ),
    ] = Backend.WIREGUARD
    port: Annotated[
        Port,
        Field(
            description="UDP, of the gateways; generations of keys take turns with the next one",
            examples=[51820],
        ),
    ] = 51820
    generation: Annotated[
        StrictInt,
        Field(ge=1, description="of the keys: one more makes new ones beside the old ones", examples=[1]),
    ]
    retired: Annotated[
        StrictInt,
        Field(ge=0, description="the last generation whose keys no longer work; 0 for none", examples=[0]),
    ] = 0

    @property
    def generations(self) -> tuple[int, ...]:
        """Those that work, in order."""
        return tuple(range(self.retired + 1, self.generation + 1))


class SiteGateway(Part):
    """The machine at a hospital that carries the tunnels."""

    kind: Annotated[
        Carrier,
        Field(
            description="node: one of the k3s nodes (on a Mac, its virtual machine); router: a Linux machine "
            "of its own",
            examples=["node"],
        ),
    ]
    address: Annotated[
        Address,
        Field(description="its address in the lan: the next hop to the cloud", examples=["10.20.0.11"]),
    ]
    pods_via: Annotated[
        Address | None,
        Field(description="router only: the k3s node by which it reaches the pods", examples=["10.20.0.11"]),
    ] = None


class Site(Part):
    """A hospital building with its own k3s cluster."""

    name: Annotated[
        Name, Field(description="short and lasting; part of resource names", examples=["sao-paulo"])
    ]
    number: Annotated[
        StrictInt,
        Field(
            ge=1, le=500, description="its own for ever: links and priorities follow from it", examples=[1]
        ),
    ]
    public_address: Annotated[
        Address, Field(description="the fixed address its VPN comes from", examples=["203.0.113.10"])
    ]
    lan: Annotated[
        Network, Field(description="hosts and bedside devices; /27 or larger", examples=["10.20.0.0/22"])
    ]
    pods: Annotated[Network, Field(description="k3s pods; /22 or larger", examples=["10.42.0.0/16"])]
    services: Annotated[Network, Field(description="k3s services; /24 or larger", examples=["10.43.0.0/16"])]
    gateway: Annotated[
        SiteGateway | None, Field(description="wireguard only: the machine that carries the tunnels")
    ] = None
    country: Annotated[
        Country | None, Field(description="under whose law it stands; with hosts", examples=["BR"])
    ] = None
    router: Annotated[
        Address | None, Field(description="the way out of the lan; with hosts", examples=["10.20.0.254"])
    ] = None
    dns: Annotated[
        tuple[Address, ...],
        AfterValidator(once),
        Field(description="the hospital's own servers of names; with hosts", examples=[["10.20.0.254"]]),
    ] = ()
    clocks: Annotated[
        tuple[Clock, ...],
        AfterValidator(once),
        Field(description="servers of time (NTP); with hosts", examples=[["a.st1.ntp.br", "b.st1.ntp.br"]]),
    ] = ()
    dhcp: Annotated[
        Row | None,
        Field(
            description="what the hospital's own DHCP server gives out; with hosts",
            examples=["10.20.2.1-10.20.3.254"],
        ),
    ] = None
    load_balancers: Annotated[
        Row | None,
        Field(description="addresses of services; with hosts", examples=["10.20.1.1-10.20.1.30"]),
    ] = None
    driver: Annotated[
        Driver, Field(description="what runs Linux on Macs: lima, or vfkit for 10 GbE", examples=["vfkit"])
    ] = Driver.LIMA
    image: Annotated[
        Image | None,
        Field(description="vfkit: the raw disk that Linux machines begin with; lima: instead of its own"),
    ] = None
    entry: Annotated[Entry | None, Field(description="how its machines are entered; with hosts")] = None
    hosts: Annotated[
        tuple[Host, ...],
        Field(description="its machines; none while a hospital is only being joined"),
    ] = ()
    models: Annotated[
        Mapping[Name, Model],
        Field(default_factory=dict, description="what runs on the GPU of the Mac with duty ai-inference"),
    ]
