"""``make cluster``: a Kubernetes control plane, built from Go's module proxy and kept."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.cluster.plane import cache, recipe


class BuildError(Exception):
    """Go is missing, or failed, or a module could not be had."""


def build(say: Callable[[str], None]) -> Path:
    """The folder of the programs, built now if they are not there: ten minutes on two cores."""
    if cache.built():
        return cache.folder()
    if not shutil.which("go"):
        raise BuildError("there is no go on PATH: install it (go.dev/doc/install)")
    with cache.exclusive():
        if not cache.built():
            with cache.filled() as work:
                _fill(work, say)
    return cache.folder()


def _fill(work: Path, say: Callable[[str], None]) -> None:
    """One program after the other, so that two are never linked at once: each link takes a gigabyte."""
    began = time.monotonic()
    say(f"building Kubernetes {recipe.KUBERNETES} from the Go module proxy: ten minutes once, then kept")
    tools = work / "build"
    tools.mkdir()
    environment = _fetched(tools, say)
    for number, program in enumerate(recipe.PROGRAMS, 1):
        start = time.monotonic()
        _go(recipe.arguments(program, str(work / "bin" / program)), tools, environment)
        say(f"  {number} of {len(recipe.PROGRAMS)}  {program:<24}{time.monotonic() - start:5.0f} s")
    _stages(tools, environment, work / "stages")
    shutil.rmtree(tools)
    say(f"built in {time.monotonic() - began:.0f} s")


def _fetched(tools: Path, say: Callable[[str], None]) -> Mapping[str, str]:
    """The modules, and the environment in which they build.

    Go verifies every module by its public checksum database. Where a proxy is all that can be reached, it is
    told to do without; a module that the database contradicts is refused in any case.
    """
    quiet = {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "-mod=mod", "GOWORK": "off"}
    for environment in (quiet, {**quiet, "GONOSUMDB": "*"}):
        try:
            asked = ("go", "mod", "download", "-json", f"k8s.io/kubernetes@{recipe.KUBERNETES}")
            theirs = Path(json.loads(_go(asked, tools, environment))["GoMod"]).read_text(encoding="utf-8")
            (tools / "go.mod").write_text(recipe.go_mod(theirs), encoding="utf-8")
            _go(("go", "list", "-deps", *recipe.PROGRAMS.values()), tools, environment)
        except BuildError as error:
            if "GONOSUMDB" in environment or "sumdb" not in str(error) or "SECURITY" in str(error):
                raise
            say("  the checksum database cannot be reached: modules are taken as the proxy gives them")
        else:
            return environment
    raise AssertionError


def _stages(tools: Path, environment: Mapping[str, str], into: Path) -> None:
    """The stages of kwok's own, kept beside it: Go's cache of modules may be cleaned."""
    asked = ("go", "list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/kwok")
    module = Path(_go(asked, tools, environment).strip())
    into.mkdir()
    for stage in recipe.STAGES:
        for file in sorted((module / "kustomize" / "stage" / stage).glob("*.yaml")):
            if file.name != "kustomization.yaml":
                (into / file.name).write_bytes(file.read_bytes())


def _go(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> str:
    """What the command prints; it waits for whatever else this machine does."""
    polite = ("nice", "-n", "10") if shutil.which("nice") else ()
    done = subprocess.run(
        [*polite, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError(f"{' '.join(command[:3])} failed:\n{(done.stderr or done.stdout)[-2000:].strip()}")
    return done.stdout


def main() -> int:
    """Build, and say where the programs are. Without them tests are skipped; in CI they may not be."""
    try:
        there = build(lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201 -- a command
    except BuildError as error:
        print(f"no control plane for the tests: {error}", file=sys.stderr)  # noqa: T201 -- likewise
        return 1 if os.environ.get("CI") == "true" else 0
    print(f"control plane: {there}")  # noqa: T201 -- likewise
    return 0


if __name__ == "__main__":
    sys.exit(main())
