"""Secrets lie in regions that we name, under keys of ours."""

from policies.checks import absent, present
from policies.demands import on
from policies.kinds import SECRET
from policies.rule import Rule

RULE = Rule(
    id="secret-near",
    title="Secrets lie in regions that we name, under keys of ours",
    portuguese="Os segredos ficam em regiões que nomeamos, com chaves nossas",
    severity="mandatory",
    controls=("LGPD 33", "LGPD 46", "HIPAA 164.312(a)(2)(iv)"),
    demands=(
        on(
            SECRET,
            absent("replication.auto", "replicate to named regions", wrong={}),
            present("replication.userManaged.replicas", "name the regions"),
            present(
                "replication.userManaged.replicas[*].customerManagedEncryption.kmsKeyName",
                "name a key of the platform",
            ),
        ),
    ),
)
