"""A volume outlives the machine it lies on, or what writes there copies itself."""

from collections.abc import Mapping

from policies.checks import Check, equals
from policies.demands import names, on
from policies.kinds import STORAGE_CLASS, VOLUME_CLAIM
from policies.rule import Rule
from policies.rules.kubernetes.volume_encrypted import PATIENT
from policies.subjects import of


def _copies(parameters: object) -> int:
    count = str(parameters.get("numberOfReplicas", "")) if isinstance(parameters, Mapping) else ""
    return int(count) if count.isdigit() else 0


def _lasts(parameters: object) -> bool:
    """Whether there are several copies, or one on purpose beside what writes there."""
    local = isinstance(parameters, Mapping) and parameters.get("dataLocality") == "strict-local"
    return _copies(parameters) > 1 or local


def _several(parameters: object) -> bool:
    return _copies(parameters) > 1


SEVERAL = Check(
    path="parameters",
    wanted="set numberOfReplicas to 2 or more",
    holds=_several,
    wrong=({"numberOfReplicas": "1"}, {"numberOfReplicas": "1", "dataLocality": "strict-local"}),
)

RULE = Rule(
    id="volume-replicated",
    title="A volume outlives the machine it lies on, or what writes there copies itself",
    portuguese="Um volume sobrevive à máquina em que está, ou quem grava ali se copia",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.308(a)(7)(ii)(C)"),
    demands=(
        on(
            of(STORAGE_CLASS, where=equals("provisioner", "driver.longhorn.io")),
            Check(
                path="parameters",
                wanted="set numberOfReplicas to 2 or more, or dataLocality to strict-local",
                holds=_lasts,
                wrong=(
                    {},
                    {"numberOfReplicas": "1"},
                    {"numberOfReplicas": "1", "dataLocality": "best-effort"},
                ),
            ),
        ),
        names(
            of(VOLUME_CLAIM, where=PATIENT),
            "spec.storageClassName",
            of(STORAGE_CLASS, where=SEVERAL),
            "take a class with several replicas: a claim has nothing that copies itself",
        ),
    ),
)
