"""The control plane and what runs are logged and measured."""

from policies.checks import contains
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

CONTROL_PLANE = ("APISERVER", "SCHEDULER", "CONTROLLER_MANAGER")

RULE = Rule(
    id="cluster-logged",
    title="The control plane and what runs are logged and measured",
    portuguese="O plano de controle e o que roda são registrados e medidos",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.312(b)", "CKV_GCP_1", "CKV_GCP_8"),
    demands=(
        on(
            CLUSTER,
            contains("loggingConfig.enableComponents", "SYSTEM_COMPONENTS", "WORKLOADS", *CONTROL_PLANE),
            contains("monitoringConfig.enableComponents", "SYSTEM_COMPONENTS", *CONTROL_PLANE),
        ),
    ),
)
