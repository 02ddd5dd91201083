"""A database in a cluster is copied outside of it, and its replicas are not on one node."""

from policies.checks import absent
from policies.demands import matched, on
from policies.kinds import DATABASE_CLUSTER
from policies.rule import Rule
from policies.subjects import of

SCHEDULED = "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup"

RULE = Rule(
    id="database-replicated",
    title="A database in a cluster is copied outside of it, and its replicas are not on one node",
    portuguese="Um banco de dados no cluster é copiado para fora, e suas réplicas não ficam em um só nó",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.308(a)(7)(ii)(A)"),
    demands=(
        matched(
            of(DATABASE_CLUSTER),
            of(SCHEDULED),
            "spec.cluster",
            "schedule backups of it",
        ),
        on(DATABASE_CLUSTER, absent("spec.enableSuperuserAccess", wrong=True)),
    ),
)
