"""Stores on a hospital's own machines: what opens them, what copies there are, and who gets in."""

import json
import re
from collections.abc import Iterator
from typing import Final

from policies.kinds import (
    BUCKET,
    CRYPTO_KEY,
    DATABASE_CLUSTER,
    KUBERNETES_SECRET,
    SECRET,
    STORAGE_CLASS,
    VOLUME_CLAIM,
    WORKLOADS,
)
from toolkit.audit.hospitals import Hospitals
from toolkit.audit.reading import References, at, each, text
from toolkit.audit.stores.keys import key_of
from toolkit.audit.stores.model import Key, Reader
from toolkit.audit.words import Said, stores
from toolkit.graph import Graph, Resource

K3S: Final = "prontuario:onprem:K3s"
VAULT: Final = "prontuario:onprem:Vault"
ONSITE: Final = (DATABASE_CLUSTER, VOLUME_CLAIM, STORAGE_CLASS, K3S, VAULT)
"""Types of stores that no cloud keeps."""

OBJECT_STORE: Final = "kubernetes:barmancloud.cnpg.io/v1:ObjectStore"
SCHEDULED: Final = "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup"
ROLE: Final = "kubernetes:postgresql.cnpg.io/v1:DatabaseRole"
JOB: Final = "kubernetes:longhorn.io/v1beta2:RecurringJob"
RELEASE: Final = "kubernetes:helm.sh/v3:Release"
VERSION: Final = "gcp:secretmanager/secretVersion:SecretVersion"
SNAPSHOT_SECRET: Final = "etcd.k3s.cattle.io/s3-config-secret"  # noqa: S105 - the type of a Secret
COMMAND: Final = "command:remote:Command"

OPENS: Final = 'parameters["csi.storage.k8s.io/node-publish-secret-name"]'
DATA: Final = "values.server.dataStorage"
KEPT: Final = re.compile(r"^etcd-snapshot-retention: (\d+)$", re.MULTILINE)
CRON: Final = re.compile(r"^etcd-snapshot-schedule-cron: (.+)$", re.MULTILINE)
SEALING: Final = re.compile(r"^secrets-encryption-provider: (\S+)$", re.MULTILINE)


class Onsite:
    """Answers what an auditor asks about one store of a hospital."""

    def __init__(self, graph: Graph, references: References) -> None:
        self._references = references
        self._hospitals = Hospitals(graph)
        self._children = graph.children()
        self._of: dict[str, list[Resource]] = {}
        for resource in graph.resources.values():
            self._of.setdefault(resource.type, []).append(resource)

    def label(self, store: Resource) -> str:
        """The class of what lies in it, where not the store itself says it but what it is made of."""
        release = self._release(store)
        return text(release, f"{DATA}.labels.data-classification") if release else ""

    def keys(self, store: Resource) -> Iterator[Key]:
        """What opens it: its volumes' passphrase, the cloud key that unseals it, the cluster's own key."""
        for kind in self._classes(store):
            if text(kind, "parameters.encrypted") == "true":
                yield Key(name=text(kind, OPENS) or kind.name, note=self._luks(kind))
        release = self._release(store)
        if release and (seal := self._references.target(release, "values", CRYPTO_KEY)):
            yield key_of(seal, stores.SEAL)
        if sealing := SEALING.search(self._script(store)):
            yield Key(name=sealing[1], note=stores.OWN_KEY)

    def retention(self, store: Resource) -> Iterator[Said]:
        """How long copies stay."""
        for archive in self._archives(store):
            if kept := text(archive, "spec.retentionPolicy").removesuffix("d"):
                yield stores.BACKUPS_KEPT.fill(days=kept)
        for job in self._jobs(store):
            if text(job, "spec.task") in ("backup", "snapshot") and (count := text(job, "spec.retain")):
                kept = stores.SNAPSHOTS if text(job, "spec.task") == "snapshot" else stores.OUTSIDE
                yield kept.fill(count=count, name=text(job, "metadata.name"), cron=text(job, "spec.cron"))
        if kept := KEPT.search(self._script(store)):
            yield stores.SNAPSHOTS_KEPT.fill(count=kept[1])

    def backup(self, store: Resource) -> Iterator[Said]:
        """How many living copies there are, and how it comes back."""
        release = self._release(store)
        count = text(store, "spec.instances") or (
            text(release, "values.server.ha.replicas") if release else ""
        )
        if count:
            yield stores.INSTANCES.fill(count=count) if count != "1" else stores.ALONE
        if least := text(store, "spec.postgresql.synchronous.number"):
            yield stores.SYNCHRONOUS.fill(count=least)
        if store.type in (STORAGE_CLASS, VOLUME_CLAIM):
            yield from self._replicas(store)
        for schedule in self._named(SCHEDULED, "spec.cluster.name", store):
            yield stores.SCHEDULE.fill(cron=text(schedule, "spec.schedule"))
        if any(at(plugin, "spec.configuration.wal") for plugin in self._archives(store)):
            yield stores.ARCHIVED
        if cron := CRON.search(self._script(store)):
            yield stores.SCHEDULE.fill(cron=cron[1])
        for bucket in self.copied_to(store):
            yield stores.COPIED_OUT.fill(name=text(bucket, "name") or bucket.name)

    def copied_to(self, store: Resource) -> list[Resource]:
        """The buckets outside of the hospital to which its backups go."""
        holders: list[tuple[Resource, str]] = [(each, "spec") for each in self._archives(store)]
        if any(True for _ in self._jobs(store)):
            releases = self._of.get(RELEASE, ())
            holders += [(each, "values") for each in releases if at(each, "values.defaultBackupStore")]
        if store.type == K3S:
            secrets = self._of.get(KUBERNETES_SECRET, ())
            holders += [(each, "stringData") for each in secrets if text(each, "type") == SNAPSHOT_SECRET]
        near = [
            (each, path) for each, path in holders if self._hospitals.of(each) == self._hospitals.of(store)
        ]
        found = [self._references.target(each, path, BUCKET) for each, path in near]
        return list({each.urn: each for each in found if each}.values())

    def readers(self, store: Resource) -> Iterator[Reader]:
        """Users of a database, and what mounts a volume."""
        for role in self._named(ROLE, "spec.cluster.name", store):
            if at(role, "spec.login") is True:
                inside = ", ".join(str(each) for each in each_of(role, "spec.inRoles[*]"))
                yield self._login(role, text(role, "spec.name"), inside)
        for index, login in enumerate(each_of(store, "spec.managed.roles[*].login")):
            path = f"spec.managed.roles[{index}]"
            if login is True:
                rights = "REPLICATION" if at(store, f"{path}.replication") is True else ""
                yield self._login(store, text(store, f"{path}.name"), rights)
        if store.type == VOLUME_CLAIM:
            yield from self._mounts(text(store, "metadata.name"))

    def otherwise(self, store: Resource) -> Said | None:
        """Who gets in where no grant of the stack says it."""
        return {STORAGE_CLASS: stores.MOUNTERS, K3S: stores.ADMINS, VAULT: stores.POLICIES}.get(store.type)

    def _login(self, role: Resource, name: str, rights: str) -> Reader:
        return Reader(member=name, role=rights or "LOGIN", how=stores.LOGIN, urn=role.urn)

    def _mounts(self, claim: str) -> Iterator[Reader]:
        for kind, pod in WORKLOADS.items():
            for workload in self._of.get(kind, ()):
                if claim in each_of(workload, f"{pod}.volumes[*].persistentVolumeClaim.claimName"):
                    name = text(workload, "metadata.name") or workload.name
                    yield Reader(
                        member=name, role=kind.rpartition(":")[2], how=stores.MOUNTED, urn=workload.urn
                    )

    def _release(self, store: Resource) -> Resource | None:
        """What a component installs, when it keeps data itself."""
        below = self._children.get(store.urn, ()) if store.type == VAULT else ()
        return next((each for each in below if each.type == RELEASE), None)

    def _classes(self, store: Resource) -> list[Resource]:
        """The kinds of volumes that a store lies on."""
        if store.type == STORAGE_CLASS:
            return [store]
        release = self._release(store)
        asked = [
            (store, "spec.storageClassName"),
            (store, "spec.storage.storageClass"),
            (store, "spec.walStorage.storageClass"),
            *([(release, f"{DATA}.storageClass")] if release else []),
        ]
        found = [
            self._references.target(resource, path, STORAGE_CLASS)
            for resource, path in asked
            if at(resource, path) is not None
        ]
        return list({each.urn: each for each in found if each}.values())

    def _luks(self, kind: Resource) -> Said:
        """Where the passphrase of encrypted volumes lies, and where its copy does."""
        held = self._references.named(text(kind, OPENS), KUBERNETES_SECRET)
        sources = set(held.property_dependencies.get("stringData", ())) if held else set()
        for version in self._of.get(VERSION, ()):
            named = version.property_dependencies
            written = {*named.get("secretData", ()), *named.get("secretDataWo", ())}
            copy = self._references.target(version, "secret", SECRET)
            if copy and sources & written:
                return stores.LUKS_COPIED.fill(name=text(copy, "secretId") or copy.name)
        return stores.LUKS

    def _archives(self, store: Resource) -> list[Resource]:
        """Where a database's backups are described."""
        if store.type != DATABASE_CLUSTER:
            return []
        names = {*each_of(store, "spec.plugins[*].parameters.barmanObjectName")}
        return [each for each in self._of.get(OBJECT_STORE, ()) if text(each, "metadata.name") in names]

    def _named(self, kind: str, path: str, store: Resource) -> list[Resource]:
        """What names a database."""
        if store.type != DATABASE_CLUSTER:
            return []
        name = text(store, "metadata.name")
        return [each for each in self._of.get(kind, ()) if text(each, path) == name]

    def _replicas(self, store: Resource) -> Iterator[Said]:
        for kind in self._classes(store):
            if text(kind, "parameters.dataLocality") == "strict-local":
                yield stores.STRICT_LOCAL
            elif count := text(kind, "parameters.numberOfReplicas"):
                yield stores.REPLICAS.fill(count=count)

    def _jobs(self, store: Resource) -> Iterator[Resource]:
        """Longhorn's jobs for the groups of a kind of volumes."""
        if store.type not in (STORAGE_CLASS, VOLUME_CLAIM):
            return
        for kind in self._classes(store):
            groups = {
                name
                for name, is_group in _selected(text(kind, "parameters.recurringJobSelector"))
                if is_group
            }
            for job in self._of.get(JOB, ()):
                if groups & {*map(str, each_of(job, "spec.groups[*]"))}:
                    yield job

    def _script(self, store: Resource) -> str:
        """What k3s is told in its own configuration, which is in the script of its first server."""
        for child in self._children.get(store.urn, ()) if store.type == K3S else ():
            script = text(child, "stdin") if child.type == COMMAND else ""
            if SEALING.search(script):
                return script
        return ""


def each_of(resource: Resource, path: str) -> list[object]:
    """Every input that ``path`` names, ready to be counted."""
    return [*each(resource, path)]


def _selected(selector: str) -> list[tuple[str, bool]]:
    """Longhorn's selector of jobs: JSON in a text."""
    try:
        listed = json.loads(selector or "[]")
    except ValueError:
        return []
    return [(str(one.get("name")), one.get("isGroup") is True) for one in listed if isinstance(one, dict)]
