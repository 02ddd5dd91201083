"""What a control plane is built from: upstream's modules by version, and how Go makes programs of them."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Final

KUBERNETES: Final = "v1.36.3"
STAGING: Final = "v0.36.3"
"""The version under which Kubernetes' own libraries are published beside it."""
ETCD: Final = "v3.6.8"
"""The one that go.mod of this Kubernetes names."""
KWOK: Final = "v0.8.0"

MODULES: Final[Mapping[str, str]] = {
    "go.etcd.io/etcd/server/v3": ETCD,
    "k8s.io/kubernetes": KUBERNETES,
    "sigs.k8s.io/kwok": KWOK,
}
PROGRAMS: Final[Mapping[str, str]] = {
    "etcd": "go.etcd.io/etcd/server/v3",
    "kwok": "sigs.k8s.io/kwok/cmd/kwok",
    "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
    "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
    "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
}
"""The package of each program; the longest build comes last, when others have made half of it."""
STAGES: Final = ("node/fast", "node/heartbeat-with-lease", "pod/fast")
"""Folders of kwok's module that say what becomes of nodes and Pods which nobody runs."""


def go_mod(kubernetes: str) -> str:
    """A go.mod for all programs, from the text of Kubernetes' own, which names the libraries to replace."""
    language = re.search(r"^go (\S+)$", kubernetes, re.MULTILINE)
    staged = re.findall(r"^\s*(k8s\.io/\S+) => \./staging/", kubernetes, re.MULTILINE)
    lines = [
        "module cluster",
        f"go {language[1]}" if language else "",
        *(f"require {module} {version}" for module, version in MODULES.items()),
        *(f"replace {module} => {module} {STAGING}" for module in staged),
    ]
    return "\n".join(lines) + "\n"


def linked() -> str:
    """Flags for the linker: no symbols, and the version that the programs say of themselves."""
    major, minor = KUBERNETES.removeprefix("v").split(".")[:2]
    told = {
        "gitVersion": KUBERNETES,
        "gitMajor": major,
        "gitMinor": minor,
        "gitCommit": "",
        "gitTreeState": "archive",
    }
    packages = ("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")
    values = [f"-X={package}.{name}={value}" for package in packages for name, value in told.items()]
    return " ".join(["-s", "-w", *values])


def arguments(program: str, out: str) -> Sequence[str]:
    """The command that makes one program."""
    flags = ("-trimpath", "-buildvcs=false", f"-ldflags={linked()}")
    return ("go", "build", *flags, "-o", out, PROGRAMS[program])


def version() -> str:
    """A name for what this recipe makes: another recipe never finds it."""
    parts = [str(dict(MODULES)), str(dict(PROGRAMS)), STAGING, linked(), *STAGES]
    return f"{KUBERNETES}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:8]}"
