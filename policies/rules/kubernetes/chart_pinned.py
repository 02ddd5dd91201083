"""What is installed from a chart is one exact version, fetched over TLS."""

import re

from policies.checks import Check, like
from policies.demands import on
from policies.kinds import RELEASE
from policies.rule import Rule
from policies.subjects import of

EXACT = re.compile(r"v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?")


def _exact(version: str) -> bool:
    return EXACT.fullmatch(version) is not None


def _by_name(chart: object) -> bool:
    """Whether a chart is named, and its repository is told beside it; else its address is in the name."""
    return isinstance(chart, str) and "://" not in chart


def _secure(chart: object) -> bool:
    return _by_name(chart) or (isinstance(chart, str) and chart.startswith(("oci://", "https://")))


RULE = Rule(
    id="chart-pinned",
    title="What is installed from a chart is one exact version, fetched over TLS",
    portuguese="O que se instala de um chart é uma versão exata, obtida por TLS",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(c)(1)", "CIS Kubernetes 5.5.1"),
    demands=(
        on(
            RELEASE,
            like("version", _exact, "write one version, as 1.2.3", "1.2", "^1.2.3", ">=1.2.3", "1.x.x", "*"),
            Check(
                path="chart",
                wanted="take it from oci:// or https://",
                holds=_secure,
                wrong=("http://charts.example/vault.tgz", None),
            ),
        ),
        on(
            of(RELEASE, where=Check(path="chart", wanted="name it", holds=_by_name, wrong=())),
            like(
                "repositoryOpts.repo",
                lambda repo: repo.startswith("https://"),
                "name its repository by https://",
                "http://charts.example",
            ),
        ),
    ),
)
