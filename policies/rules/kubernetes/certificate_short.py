"""A certificate lasts ninety days at most, with a new key each time, for what it names."""

import re

from policies.checks import Check, at_most, equals, excludes, like, present
from policies.demands import on
from policies.kinds import CERTIFICATE, SIGNED
from policies.rule import Rule

MOST = 90 * 24
"""Hours."""

HOURS = re.compile(r"(\d+)h(?:0m)?(?:0s)?")


def _short(duration: str) -> bool:
    hours = HOURS.fullmatch(duration)
    return hours is not None and 0 < int(hours[1]) <= MOST


RULE = Rule(
    id="certificate-short",
    title="A certificate lasts ninety days at most, with a new key each time, for what it names",
    portuguese="Um certificado dura no máximo noventa dias, com chave nova a cada vez, para o que nomeia",
    severity="mandatory",
    controls=("HIPAA 164.312(d)", "HIPAA 164.312(e)(1)"),
    demands=(
        on(
            CERTIFICATE,
            like("spec.duration", _short, f"set it to {MOST}h or less", "8760h", "2161h0m0s", "forever"),
            equals("spec.privateKey.rotationPolicy", "Always"),
            present("spec.usages", "name what it is for"),
            excludes("spec.usages", "any", "cert sign", "crl sign"),
            Check(path="spec.isCA", wanted="leave it out", holds=lambda found: not found, wrong=(True,)),
        ),
        on(
            SIGNED,
            at_most("validityPeriodHours", MOST),
            excludes("allowedUses", "any_extended", "cert_signing", "crl_signing"),
            present("allowedUses", "name what it is for"),
        ),
    ),
)
