"""Narrowed SDK packages hold the same names as whole ones, and load less."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOADED = "len([name for name in sys.modules if name.startswith('pulumi_gcp.compute.')])"


def told(*lines: str) -> str:
    """What a fresh interpreter prints for these lines."""
    code = "\n".join(["import sys", *lines])
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_one_class_loads_one_module_and_the_types_beside_it() -> None:
    asked = told("import components", "from pulumi_gcp import compute", "compute.Network", f"print({LOADED})")
    assert int(asked) < 8


def test_acronyms_nested_arguments_and_functions_are_found_without_the_rest() -> None:
    lines = [
        "import components",
        "from pulumi_gcp.compute import SSLPolicy, URLMap, VPNTunnel, SubnetworkLogConfigArgs, get_network",
        "print(SSLPolicy.__name__, URLMap.__module__, get_network.__name__)",
        "print(SubnetworkLogConfigArgs.__module__)",
        f"print({LOADED} < 20)",
    ]
    names = ["SSLPolicy pulumi_gcp.compute.url_map get_network", "pulumi_gcp.compute._inputs"]
    assert told(*lines).splitlines() == [*names, "True"]


def test_a_narrowed_class_is_the_class_of_the_whole_package() -> None:
    lines = [
        "import components",
        "from pulumi_gcp import compute",
        "narrow = compute.Network",
        "from components import sdk",
        "sdk._load_whole(compute)",
        "print(compute.Network is narrow, len(compute.__dict__) > 1000)",
    ]
    assert told(*lines) == "True True"


def test_a_name_that_the_package_does_not_have_is_refused_as_ever() -> None:
    lines = [
        "import components",
        "from pulumi_gcp import compute",
        "print(hasattr(compute, 'Netwrok'), hasattr(compute, 'Network'))",
    ]
    assert told(*lines) == "False True"


def test_a_package_that_is_loaded_already_stays_as_it_is() -> None:
    lines = [
        "from pulumi_gcp import compute",
        "before = compute.Network",
        "import components",
        "from pulumi_gcp import compute",
        "print(compute.Network is before, type(compute).__name__)",
    ]
    assert told(*lines) == "True module"


def test_references_to_resources_come_back_as_their_class() -> None:
    lines = [
        "import components",
        "import pulumi_gcp",
        "from pulumi.runtime.rpc import get_resource_module",
        "module = get_resource_module('gcp', 'compute/network', '')",
        "import importlib",
        "print(getattr(importlib.import_module(module.mod_info['fqn']), 'Network').__name__)",
    ]
    assert told(*lines) == "Network"
