"""What patients' data is written to is encrypted."""

from policies.checks import equals
from policies.demands import names, on
from policies.kinds import DATABASE_CLUSTER, STORAGE_CLASS, VOLUME_CLAIM
from policies.rule import Rule
from policies.subjects import of

PATIENT = equals('metadata.labels["data-classification"]', "patient")
ENCRYPTED = of(STORAGE_CLASS, where=equals("parameters.encrypted", "true"))
WANTED = "take a storage class with encrypted: true"

RULE = Rule(
    id="volume-encrypted",
    title="What patients' data is written to is encrypted",
    portuguese="Onde se gravam dados de pacientes é cifrado",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(a)(2)(iv)"),
    demands=(
        names(of(VOLUME_CLAIM, where=PATIENT), "spec.storageClassName", ENCRYPTED, WANTED),
        names(of(DATABASE_CLUSTER, where=PATIENT), "spec.storage.storageClass", ENCRYPTED, WANTED),
        names(of(DATABASE_CLUSTER, where=PATIENT), "spec.walStorage.storageClass", ENCRYPTED, WANTED),
        on(of(STORAGE_CLASS, where=PATIENT), equals("parameters.encrypted", "true")),
    ),
)
