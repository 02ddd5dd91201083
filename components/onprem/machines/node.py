"""A machine of a hospital, made ready for k3s."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pulumi import Input, Output, Resource, ResourceOptions

from components.base import Component, after
from components.files import Files
from components.onprem.door import run
from components.onprem.machines.driver import Driver
from components.onprem.machines.host import Host, Lan, Mac, mac_of, machine_of
from components.onprem.machines.install import checked_path, install_secrets, program
from components.onprem.machines.linux import Given, linux_files, linux_script
from components.onprem.machines.mac import mac_script


@dataclass(frozen=True, kw_only=True, slots=True)
class NodeArgs:
    """A machine, and what it is to have."""

    host: Host
    lan: Lan
    clocks: Sequence[str]
    """NTP servers: the hospital's own, or public ones."""
    driver: Driver | None = None
    """Macs only: what runs their Linux machine."""
    files: Files = field(default_factory=dict)
    """Of others, like the link's."""
    starts: Sequence[str] = ()
    """Units among the files, in the order of starting; started anew when any of the files changes."""
    secret_files: Mapping[str, Input[str]] = field(default_factory=dict)
    """By path; root's alone, mode 0600. Whoever reads one looks for a new one by himself."""

    def __post_init__(self) -> None:
        if isinstance(self.host, Mac) != (self.driver is not None):
            raise ValueError(f"{self.host.name}: a Mac needs a driver, and a Linux host has none")
        both = sorted({*self.files} & {*self.secret_files})
        if both:
            raise ValueError(f"{', '.join(both)}: both open and secret; name each file once")
        for path in self.secret_files:
            checked_path(path)
        linux_files(self.host, self.lan, self.driver, self.clocks, self.given)

    @property
    def given(self) -> Given:
        """What others want on the machine."""
        return Given(files=self.files, starts=self.starts)


class Node(Component, token="onprem:Node"):
    """A Mac with its Linux machine, or a Linux host, ready for k3s: prepared over SSH, host key pinned.

    Every script may run again, and says what it changed. None stops a Linux machine that runs, or formats
    a disk that is not empty. Nothing is removed from a machine that is taken out of the stack.
    """

    ready: Output[str]
    """Its name, known once it is prepared."""

    def __init__(self, name: str, args: NodeArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        host, machine = args.host, machine_of(args.host)
        before: list[Resource] = []
        if isinstance(host, Mac) and args.driver:
            script = mac_script(host, args.lan, args.driver)
            before.append(run(f"{name}-macos", mac_of(host), script, self.child()))
        if args.secret_files:
            secret = _secret_script(args.secret_files)
            before.append(run(f"{name}-secrets", machine, secret, self.child(depends_on=before)))
        script = linux_script(host, args.lan, args.driver, args.clocks, args.given)
        linux = run(f"{name}-linux", machine, script, self.child(depends_on=before))
        self.ready = after(host.name, linux.stdout)
        self.seal()


def _secret_script(secrets: Mapping[str, Input[str]]) -> Output[str]:
    paths = sorted(secrets)
    contents = Output.all(*(Output.secret(secrets[path]) for path in paths))
    return contents.apply(lambda known: program(install_secrets(dict(zip(paths, known, strict=True)))))
