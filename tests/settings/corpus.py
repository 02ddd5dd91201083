"""Stack files beside the committed ones: each names one of those and what to change in it.

An invalid one also says the report that it must give.
"""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
CASES = sorted(Path(__file__).parent.joinpath("invalid").glob("*.yaml"))
GOOD = sorted(Path(__file__).parent.joinpath("valid").glob("*.yaml"))
STEP = re.compile(r"[^.\[\]]+")


def stack_file(case: dict[str, Any]) -> str:
    """The stack file that a case describes."""
    if "text" in case:
        return case["text"]
    document = yaml.safe_load((ROOT / f"Pulumi.{case['stack']}.yaml").read_text(encoding="utf-8"))
    settings = document["config"]["prontuario:settings"]
    for path, value in case.get("set", {}).items():
        holder, last = _holder(settings, path)
        if isinstance(holder, list) and last == len(holder):
            holder.append(value)
        else:
            holder[last] = value
    for path in case.get("remove", []):
        holder, last = _holder(settings, path)
        del holder[last]
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


def rewrite(case_file: Path, report: str) -> None:
    """Let a case expect ``report``."""
    kept = case_file.read_text(encoding="utf-8").partition("\nsays: ")[0]
    says = "".join(f"  {line}".rstrip() + "\n" for line in report.splitlines())
    case_file.write_text(f"{kept}\nsays: |\n{says}", encoding="utf-8")


def _holder(settings: Any, path: str) -> tuple[Any, Any]:
    *steps, last = (int(step) if step.isdigit() else step for step in STEP.findall(path))
    for step in steps:
        settings = settings[step]
    return settings, last
