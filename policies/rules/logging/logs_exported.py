"""Audit logs leave for a store that the logged cannot write to."""

from policies.checks import like, true
from policies.demands import exists, on
from policies.kinds import SERVICE, SINK
from policies.rule import Rule
from policies.subjects import of


def outside(destination: str) -> bool:
    """Whether logs leave for another store."""
    return destination.startswith(("storage.googleapis.com/", "bigquery.googleapis.com/"))


RULE = Rule(
    id="logs-exported",
    title="Audit logs leave for a store that the logged cannot write to",
    portuguese="Os logs de auditoria vão para um repositório onde o auditado não escreve",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.312(b)", "CIS GCP 2.2"),
    demands=(
        exists(
            of(SINK, where=like("destination", outside, "name a bucket", "here")),
            of(SERVICE),
            "send them to a bucket",
        ),
        on(SINK, true("uniqueWriterIdentity")),
    ),
)
