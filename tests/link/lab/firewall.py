"""Stand-in for Google's firewall: the recorded rules of the policy, as rules of nftables.

Rules are asked in the order of their priorities, for what leaves a machine and for what enters one. What
a machine's interface let pass is remembered for that interface alone (a bit of the connection's mark), as
Google does: an answer that comes by another gateway is something new to that gateway.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Rules = Mapping[str, Mapping[str, Any]]
"""The inputs of every rule of the policy, by name."""


def policy(recorded: Rules, machines: Sequence[str], exempt: str) -> str:
    """The table that guards those machines' interfaces on the fabric, each named as its machine."""
    rules = sorted(_checked(recorded), key=lambda rule: int(rule["priority"]))
    chains = [
        f"  chain {direction}-{machine} {{\n{_lines(rules, direction, machine, 1 << bit)}\n    drop\n  }}"
        for bit, machine in enumerate(machines)
        for direction in ("egress", "ingress")
    ]
    out = "\n".join(f'    iifname "{each}" jump egress-{each}' for each in machines)
    into = "\n".join(f'    oifname "{each}" jump ingress-{each}' for each in machines)
    free = f"    ip saddr {exempt} accept\n    ip daddr {exempt} accept"
    return "\n".join(
        [
            "table inet google",
            "delete table inet google",
            "table inet google {",
            *chains,
            f"  chain forward {{\n    type filter hook forward priority filter;\n{free}\n{out}\n{into}\n  }}",
            f"  chain output {{\n    type filter hook output priority filter;\n{into}\n  }}",
            "}\n",
        ]
    )


def _checked(rules: Rules) -> Iterator[Mapping[str, Any]]:
    """Rules that say nothing which this stand-in would not do."""
    known = {"layer4Configs", "srcIpRanges", "destIpRanges"}
    for name, rule in rules.items():
        match = {key for key, value in rule["match"].items() if value}
        assert match <= known, f"rule {name}: {match - known}"
        assert not rule.get("disabled")
        yield rule


def _lines(rules: Sequence[Mapping[str, Any]], direction: str, machine: str, bit: int) -> str:
    lines = [f"    ct mark and {bit} == {bit} return"]
    for rule in rules:
        if rule["direction"].lower() == direction and _concerns(rule, machine):
            verdict = f"ct mark set ct mark or {bit} return" if rule["action"] == "allow" else "drop"
            lines += [f"    {ranges}{traffic} {verdict}" for ranges, traffic in _matches(rule["match"])]
    return "\n".join(lines)


def _concerns(rule: Mapping[str, Any], machine: str) -> bool:
    """Whether the rule stands at this machine: one with targets is the gateways' own."""
    targeted = rule.get("targetServiceAccounts") or rule.get("targetSecureTags")
    return not targeted or machine.startswith("gw-")


def _matches(match: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    ranges = "".join(
        f"ip {side} {{ {', '.join(match[key])} }} "
        for side, key in (("saddr", "srcIpRanges"), ("daddr", "destIpRanges"))
        if match.get(key)
    )
    for each in match["layer4Configs"]:
        protocol, ports = each["ipProtocol"], each.get("ports")
        if ports:
            yield ranges, f"{protocol} dport {{ {', '.join(ports)} }}"
        else:
            yield ranges, "" if protocol == "all" else f"meta l4proto {protocol}"
