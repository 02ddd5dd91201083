"""Machines boot only what is signed, and nobody enters by a stored key or the console."""

from policies.checks import none_of, one_of, true
from policies.demands import on
from policies.kinds import INSTANCE, TEMPLATE
from policies.rule import Rule
from policies.subjects import of

RULE = Rule(
    id="machine-shielded",
    title="Machines boot only what is signed, and nobody enters by a stored key or the console",
    portuguese="Máquinas só iniciam o que é assinado, e ninguém entra por chave guardada nem pelo console",
    severity="mandatory",
    controls=(
        "HIPAA 164.312(a)(1)",
        "HIPAA 164.312(c)(1)",
        "CIS GCP 4.3",
        "CIS GCP 4.4",
        "CIS GCP 4.5",
        "CIS GCP 4.8",
        "CKV_GCP_32",
        "CKV_GCP_34",
        "CKV_GCP_35",
        "CKV_GCP_39",
    ),
    demands=(
        on(
            of(INSTANCE, TEMPLATE),
            true("shieldedInstanceConfig.enableSecureBoot"),
            true("shieldedInstanceConfig.enableVtpm"),
            true("shieldedInstanceConfig.enableIntegrityMonitoring"),
            one_of("metadata.enable-oslogin", "TRUE", "true"),
            one_of("metadata.block-project-ssh-keys", "TRUE", "true"),
            none_of("metadata.serial-port-enable", "TRUE", "true", "1"),
        ),
    ),
)
