"""What each control asks for, in English and in Portuguese: the auditors' side of every rule.

A control is here exactly as long as a rule serves it; a test keeps it so.
"""

from policies.controls import (
    checkov,
    checkov_kubernetes,
    cis_gcp,
    cis_gke,
    cis_kubernetes,
    hipaa,
    lgpd,
)
from policies.controls.control import Control, Framework

__all__ = ["CONTROLS", "Control", "Framework"]

CONTROLS: dict[str, Control] = {
    **lgpd.CONTROLS,
    **hipaa.CONTROLS,
    **cis_gcp.CONTROLS,
    **cis_gke.CONTROLS,
    **cis_kubernetes.CONTROLS,
    **checkov.CONTROLS,
    **checkov_kubernetes.CONTROLS,
}
"""All of them, by id."""
