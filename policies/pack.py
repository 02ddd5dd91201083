"""The rules as policies of ``pulumi_policy``. The one module that knows it: an offline preview needs none."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.deserialize import serialize_properties

from policies.engine import Stack
from policies.rule import Rule
from policies.rules import RULES
from policies.waivers import WAIVERS
from toolkit.judge import judge

NAME: Final = "prontuario"

LEVELS: Final = {"mandatory": EnforcementLevel.MANDATORY, "advisory": EnforcementLevel.ADVISORY}


def serve() -> None:
    """Start the pack; it answers the engine until the engine ends it."""
    PolicyPack(NAME, policies())


def policies() -> list[Policy]:
    """A policy for each rule, one for waivers, and one that listens."""
    stack = Stack(plain=serialize_properties)
    return [_listener(stack), *(_policy(rule, stack) for rule in RULES), _waivers(stack)]


def _listener(stack: Stack) -> Policy:
    """Only remediations are shown which values are secrets, so this is one, and mends nothing."""

    def hear(args: ResourceValidationArgs) -> None:
        stack.hear(args.urn, args.props)

    return ResourceValidationPolicy(
        name="listen",
        description="Remembers what the program wrote; changes nothing",
        remediate=hear,
        enforcement_level=EnforcementLevel.REMEDIATE,
    )


def _policy(rule: Rule, stack: Stack) -> Policy:
    return StackValidationPolicy(
        name=rule.id,
        description=f"{rule.title} ({', '.join(rule.controls)})",
        validate=_asked(stack, [rule], rule.id),
        enforcement_level=LEVELS[rule.severity],
    )


def _waivers(stack: Stack) -> Policy:
    return StackValidationPolicy(
        name="waiver",
        description="Accepted risks are still there, and not accepted for ever",
        validate=_asked(stack, RULES, "waiver"),
        enforcement_level=EnforcementLevel.MANDATORY,
    )


def _asked(
    stack: Stack, rules: Sequence[Rule], name: str
) -> Callable[[StackValidationArgs, ReportViolation], None]:
    """What the engine calls: it is told the violations of one rule, by the judge of the offline preview."""

    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        graph = stack.graph(args.resources)
        for violation in judge(graph, rules, WAIVERS, datetime.now(UTC).date()).violations:
            if violation.rule == name:
                report(violation.message, violation.urn or None)

    return validate
