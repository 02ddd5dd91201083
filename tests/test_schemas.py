"""The two checks against schemas that lie beside a checkout can fail."""

from typing import Any

import pytest

from tests.charts import unknown_keys
from tests.crds import faults
from toolkit.values import UNKNOWN, Secret

JOB: dict[str, Any] = {
    "apiVersion": "longhorn.io/v1beta2",
    "kind": "RecurringJob",
    "metadata": {"name": "hourly", "namespace": "longhorn-system"},
    "spec": {"task": "snapshot", "cron": "0 * * * *", "retain": 24.0, "groups": ["default"]},
}


def test_keys_that_a_chart_has_are_known() -> None:
    values = {
        "crds": {"enabled": True},
        "resources": {"limits": {"memory": "1Gi"}},
        "nodeSelector": {"duty": "storage"},
        "podDisruptionBudget": {"minAvailable": 1},
        "global": {"leaderElection": {"namespace": "cert-manager"}},
    }
    assert unknown_keys("cert-manager", values) == []


def test_keys_that_a_chart_does_not_have_are_told_by_their_paths() -> None:
    values = {"webhook": {"replicas": 3, "timeoutSeconds": {"value": 1}}, "installCrds": True}
    assert unknown_keys("cert-manager", values) == [
        "webhook.replicas",
        "webhook.timeoutSeconds (not a mapping in the chart)",
        "installCrds",
    ]


def test_values_of_a_dependency_are_its_own() -> None:
    assert unknown_keys("metallb", {"frr-k8s": {"anything": {"at": "all"}}}) == []


def test_a_resource_as_its_definition_wants_it_has_no_faults() -> None:
    assert faults(JOB) == []
    assert faults({**JOB, "status": {"whatever": 1}}) == []
    assert faults({**JOB, "spec": {**JOB["spec"], "cron": Secret("0 * * * *"), "retain": UNKNOWN}}) == []


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"spec": {"task": "backups"}}, "spec.task"),
        ({"spec": {"task": "backup", "keep": 3}}, "spec"),
        ({"spec": {"retain": "24"}}, "spec.retain"),
        ({"spec": {"parameters": {"full-backup-interval": 7}}}, "spec.parameters.full-backup-interval"),
        ({"metadata": {"name": "hourly"}}, "metadata"),
        ({"specs": {}}, "the whole"),
    ],
)
def test_what_a_control_plane_would_drop_or_refuse_is_a_fault(wrong: dict[str, object], where: str) -> None:
    (fault,) = faults({**JOB, **wrong})
    assert fault.startswith(f"{where}: ")


def test_what_belongs_to_the_whole_cluster_has_no_namespace() -> None:
    issuer = {
        "apiVersion": "cert-manager.io/v1",
        "kind": "ClusterIssuer",
        "metadata": {"name": "hospital"},
        "spec": {"ca": {"secretName": "hospital-ca"}},
    }
    assert faults(issuer) == []
    (fault,) = faults({**issuer, "metadata": {"name": "hospital", "namespace": "cert-manager"}})
    assert fault.startswith("metadata: ")
