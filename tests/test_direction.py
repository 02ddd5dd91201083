"""Data flows one way: settings, stacks, components, providers. Imports may not flow back."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ("settings", "components", "stacks", "policies", "toolkit")
MAY_IMPORT = {
    "settings": {"settings"},
    "components": {"components"},
    "stacks": {"settings", "components", "stacks"},
    "policies": {"policies", "toolkit"},
    "toolkit": {"toolkit", "policies", "settings"},
}
ON_MACHINES = {"tunnel": set(), "accelerator": {"mlx", "mlx_audio", "mlx_lm", "numpy"}}
"""What runs on machines, and what is installed there with it."""
FORBIDDEN_IN_COMPONENTS = {"os", "requests", "urllib", "boto3", "random", "subprocess", "time", "socket"}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", HOUSE)
def test_imports_follow_the_direction(folder: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules(folder)
        for name in imported(file)
        if name.split(".")[0] in {*HOUSE} - MAY_IMPORT[folder]
    ]
    assert wrong == []


def test_policies_read_graphs_and_nothing_else_of_the_toolkit() -> None:
    read = ("toolkit.graph.", "toolkit.values.")
    served = (*read, "toolkit.judge.")  # the pack judges, as the preview does
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules("policies")
        for name in imported(file)
        if name.startswith("toolkit.") and not name.startswith(served if file.name == "pack.py" else read)
    ]
    assert wrong == []


def test_policies_need_nothing_beside_python_but_the_pack_that_serves_them() -> None:
    own = {"policies", "toolkit", *sys.stdlib_module_names}
    foreign = {
        (file.name, name.split(".")[0])
        for file in modules("policies")
        for name in imported(file)
        if name.split(".")[0] not in own
    }
    assert foreign == {("pack.py", "pulumi_policy")}


def test_nothing_imports_the_pack_but_its_entry_point() -> None:
    importers = [
        str(file.relative_to(ROOT))
        for folder in HOUSE
        for file in modules(folder)
        if any(name.startswith(("policies.pack", "policies.__main__")) for name in imported(file))
    ]
    assert importers == ["policies/__main__.py"]


def test_the_toolkit_knows_of_the_settings_where_places_are_and_nothing_else() -> None:
    names = {name for file in modules("toolkit") for name in imported(file) if name.startswith("settings")}
    assert all(name.startswith("settings.places.") for name in names)


def test_only_the_loader_of_settings_knows_pulumi() -> None:
    knowing = [
        file.name
        for file in modules("settings")
        if any(name.split(".")[0].startswith("pulumi") for name in imported(file))
    ]
    assert knowing == ["load.py"]


def test_only_the_loader_reads_configuration() -> None:
    readers = [
        str(file.relative_to(ROOT))
        for folder in ("settings", "components", "stacks")
        for file in modules(folder)
        if "pulumi.Config" in {*imported(file)}
    ]
    assert readers == ["settings/load.py"]


def test_only_exports_publishes() -> None:
    publishers = [
        str(file.relative_to(ROOT))
        for folder in ("settings", "components", "stacks")
        for file in modules(folder)
        if "pulumi.export(" in text(file)
    ]
    assert publishers == ["stacks/exports.py"]


def test_only_one_module_makes_providers() -> None:
    makers = [
        str(file.relative_to(ROOT))
        for folder in ("components", "stacks")
        for file in modules(folder)
        if any(name.endswith(".Provider") for name in imported(file))
    ]
    assert makers == ["stacks/providers.py"]


def test_components_reach_for_nothing_outside_their_arguments() -> None:
    found = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules("components")
        for name in imported(file)
        if name.split(".")[0] in FORBIDDEN_IN_COMPONENTS
    ]
    assert found == []


def test_the_program_is_three_lines() -> None:
    assert len([line for line in text(ROOT / "__main__.py").splitlines() if line]) == 3


def test_what_runs_on_machines_brings_nothing_but_itself_and_python() -> None:
    foreign = [
        f"{file.relative_to(ROOT)} imports {name}"
        for folder, brought in ON_MACHINES.items()
        for file in modules(folder)
        for name in imported(file)
        if name.split(".")[0] not in {*sys.stdlib_module_names, folder, *brought}
    ]
    assert foreign == []


def test_nothing_of_the_program_imports_what_runs_on_machines() -> None:
    users = [
        file
        for folder in HOUSE
        for file in modules(folder)
        if {*ON_MACHINES} & {n.split(".")[0] for n in imported(file)}
    ]
    assert users == []
