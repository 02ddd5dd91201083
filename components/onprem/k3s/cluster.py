"""k3s over the machines of a hospital."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi import Output, Resource, ResourceOptions
from pulumi_command import remote
from pulumi_random import RandomPassword

from components.base import Component, after
from components.onprem.door import Errand, run, send
from components.onprem.k3s import departure, install, kubeconfig, roster, tokens
from components.onprem.k3s.nodes import Node
from components.onprem.k3s.plan import ClusterPlan
from components.onprem.k3s.version import RELEASES, VERSION, check


@dataclass(frozen=True, kw_only=True, slots=True)
class K3sArgs:
    """The cluster, and how it is kept."""

    plan: ClusterPlan
    protect: bool = True
    """Whether its token cannot be deleted: without it no snapshot can be restored."""
    version: str = VERSION
    """For machines that have no k3s yet; those that have move by the plans of ``Upgrades``."""
    releases: str = RELEASES
    """Where k3s is fetched; a mirror has the same folders."""
    edition: int = 1
    """Of the kubeconfig: one more reads it anew, before its certificate of a year ends."""

    def __post_init__(self) -> None:
        check(self.version)
        if not self.releases.startswith("https://"):
            raise ValueError(
                f"releases at {self.releases}: write https://, and no address that can be changed"
            )


class K3s(Component, token="onprem:K3s"):
    """One cluster: servers one after the other, then workers, each when its machine is ready.

    Secrets are encrypted from the first moment and the token is made once: neither can be changed here. A
    node that leaves the stack stays as it is, unless its ``allow_destroy`` was deployed before; the last
    server is never removed.
    """

    kubeconfig: Output[str]
    """The administrator's, secret; known once every node is ready."""
    server_token: Output[str]
    """Of the servers, secret: keep it apart from the machines, no snapshot opens without it."""
    jwks: Output[str]
    """The public keys of service accounts' tokens, as JSON."""
    issuer: Output[str]
    """Who signs them."""
    version: Output[str]
    """The wanted one, known once every node has been asked for its own."""
    highly_available: Output[bool]
    """Whether the control plane survives the loss of one server."""

    def __init__(self, name: str, args: K3sArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        plan = args.plan
        self.server_token, agent = self._token(name, args), self._token(f"{name}-agent", args)
        first = self._join(name, args, plan.first, self._of_first(agent), [])
        authority = run(
            f"{name}-authority", plan.first.machine, tokens.authority(), self.child(depends_on=first)
        ).stdout
        servers = self._others(name, args, first, self._of_servers(authority, agent))
        workers = [
            self._join(name, args, node, self._of_workers(authority, agent), [servers[-1]])
            for node in plan.workers
        ]
        joined = [*servers, *workers]
        complete = run(
            f"{name}-roster",
            plan.first.machine,
            roster.script(plan, args.version),
            self.child(depends_on=joined),
        )
        self._farewells(name, plan, joined)
        self._tell(name, args, complete)
        self.seal()

    def _token(self, name: str, args: K3sArgs) -> Output[str]:
        """A password: the id of ``RandomBytes`` is the value itself, and state encrypts no id."""
        opts = self.child(protect=args.protect, ignore_changes=["length", "keepers"])
        made = RandomPassword(f"{name}-token", length=tokens.LENGTH, special=False, opts=opts)
        return Output.secret(made.result)

    def _of_first(self, agent: Output[str]) -> Output[Mapping[str, str]]:
        return Output.all(self.server_token, agent).apply(lambda known: tokens.of_server(*known))

    def _of_servers(self, authority: Output[str], agent: Output[str]) -> Output[Mapping[str, str]]:
        return Output.all(self.server_token, agent, authority).apply(lambda known: tokens.of_server(*known))

    @staticmethod
    def _of_workers(authority: Output[str], agent: Output[str]) -> Output[Mapping[str, str]]:
        return Output.all(agent, authority).apply(lambda known: tokens.of_worker(*known))

    def _others(
        self, name: str, args: K3sArgs, first: remote.Command, kept: Output[Mapping[str, str]]
    ) -> Sequence[remote.Command]:
        """Each after the one before: etcd takes one new member at a time, and a restart spares the others."""
        servers = [first]
        for node in args.plan.servers[1:]:
            servers.append(self._join(name, args, node, kept, [servers[-1]]))
        return servers

    def _join(
        self,
        name: str,
        args: K3sArgs,
        node: Node,
        kept: Output[Mapping[str, str]],
        before: Sequence[Resource],
    ) -> remote.Command:
        own = f"{name}-{node.name}"
        token = run(
            f"{own}-token", node.machine, kept.apply(tokens.keep), self.child(), waits_for=[node.ready]
        )
        farewell = departure.uninstall(server=node in args.plan.servers) if node.allow_destroy else None
        script = install.script(args.plan, node, version=args.version, releases=args.releases)
        errand = Errand(script=script, waits_for=[node.ready], farewell=farewell)
        return send(own, node.machine, errand, self.child(depends_on=[token, *before]))

    def _farewells(self, name: str, plan: ClusterPlan, joined: Sequence[remote.Command]) -> None:
        """Emptied by another server before anything is removed: what depends on a node goes before it."""
        for node, own in zip(plan.nodes, joined, strict=True):
            if node.allow_destroy:
                by = next(server for server in plan.servers if server is not node)
                errand = Errand(script=departure.announced(node.name), farewell=departure.drain(node.name))
                send(f"{name}-{node.name}-leaves", by.machine, errand, self.child(depends_on=own))

    def _tell(self, name: str, args: K3sArgs, complete: remote.Command) -> None:
        plan, machine = args.plan, args.plan.first.machine
        secret = self.child(depends_on=complete, additional_secret_outputs=["stdout"])
        errand = Errand(script=kubeconfig.kubeconfig(plan, args.edition), quiet=True)
        admin = send(f"{name}-kubeconfig", machine, errand, secret)
        public = run(f"{name}-keys", machine, kubeconfig.keys(), self.child(depends_on=complete))
        self.kubeconfig = Output.secret(admin.stdout)
        self.jwks = public.stdout
        self.issuer = after(kubeconfig.ISSUER, complete.id)
        self.version = after(args.version, complete.stdout)
        self.highly_available = Output.from_input(plan.highly_available)
