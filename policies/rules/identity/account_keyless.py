"""No account has a key that could be copied."""

from policies.demands import never
from policies.kinds import ACCOUNT, ACCOUNT_KEY
from policies.rule import Rule
from policies.subjects import of

RULE = Rule(
    id="account-keyless",
    title="No account has a key that could be copied",
    portuguese="Nenhuma conta tem uma chave que possa ser copiada",
    severity="mandatory",
    controls=("HIPAA 164.312(d)", "CIS GCP 1.4", "CKV2_GCP_3"),
    demands=(
        never(of(ACCOUNT_KEY), of(ACCOUNT), "use workload identity; a key can be copied and never expires"),
    ),
)
