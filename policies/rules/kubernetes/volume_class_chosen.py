"""Every kind of volumes is encrypted, and none is taken unless it is named."""

from policies.checks import equals, none_of
from policies.demands import on
from policies.kinds import RELEASE, STORAGE_CLASS
from policies.rule import Rule
from policies.subjects import of

DEFAULT = 'metadata.annotations["storageclass.kubernetes.io/is-default-class"]'

RULE = Rule(
    id="volume-class-chosen",
    title="Every kind of volumes is encrypted, and none is taken unless it is named",
    portuguese="Todo tipo de volume é cifrado, e nenhum é usado sem ser nomeado",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(a)(2)(iv)"),
    demands=(
        on(STORAGE_CLASS, equals("parameters.encrypted", "true"), none_of(DEFAULT, "true")),
        on(
            of(RELEASE, where=equals("chart", "longhorn")),
            equals("values.persistence.createStorageClass", value=False),
            equals("values.persistence.defaultClass", value=False),
        ),
    ),
)
