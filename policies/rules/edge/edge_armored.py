"""Every backend is behind Cloud Armor, slows down floods, and logs."""

from policies.checks import present, some, true
from policies.demands import on
from policies.kinds import SECURITY_POLICY
from policies.parts import PUBLIC_BACKEND
from policies.path import inner
from policies.rule import Rule


def canary(rule: object) -> bool:
    """Whether a rule denies what Google knows of Log4j and its kin."""
    expression = inner(rule, "match", "expr", "expression")
    return "cve-canary" in str(expression) and str(inner(rule, "action")).startswith("deny")


def throttle(rule: object) -> bool:
    """Whether a rule limits how often one caller comes."""
    return inner(rule, "action") in {"throttle", "rate_based_ban"}


RULE = Rule(
    id="edge-armored",
    title="Every backend is behind Cloud Armor, slows down floods, and logs",
    portuguese="Todo backend está atrás do Cloud Armor, freia enxurradas e registra",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(b)", "HIPAA 164.308(a)(1)(ii)(B)", "CIS GCP 2.16", "CKV_GCP_73"),
    demands=(
        on(
            PUBLIC_BACKEND,
            present("securityPolicy", "name the platform's security policy"),
            true("logConfig.enable"),
        ),
        on(
            SECURITY_POLICY,
            some("rules", canary, "deny what evaluatePreconfiguredWaf('cve-canary') finds"),
            some("rules", throttle, "add a rule that throttles or bans by rate"),
        ),
    ),
)
