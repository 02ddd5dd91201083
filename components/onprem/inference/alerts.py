"""Alerts about the models, as Prometheus groups; the monitoring installs them.

Where the numbers are from: ``inference_*`` from the Mac's own readiness (``/metrics`` behind the proxy),
``caddy_http_*`` from the proxy (``/metrics/front``), both scraped by the job ``inference``.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from components.onprem.inference.front import MODELS
from components.onprem.inference.models import QUEUE

RUNBOOK: Final = "docs/runbooks/inference.md"

SCRAPED: Final = "inference"
"""The name of the scrape job."""


def _alert(name: str, expr: str, lasts: str, severity: str, summary: str) -> Mapping[str, Any]:
    return {
        "alert": name,
        "expr": expr,
        "for": lasts,
        "labels": {"severity": severity},
        "annotations": {"summary": summary, "runbook": RUNBOOK},
    }


GROUPS: Final[Sequence[Mapping[str, Any]]] = (
    {
        "name": "inference",
        "rules": [
            _alert(
                "InferenceUnreachable",
                f'up{{job="{SCRAPED}"}} == 0 or absent(up{{job="{SCRAPED}"}})',
                "5m",
                "critical",
                "the Mac of the models does not answer: no model can be used",
            ),
            _alert(
                "InferenceWithoutMetal",
                "inference_metal == 0",
                "5m",
                "critical",
                "{{ $labels.model }} sees no GPU and is not served",
            ),
            _alert(
                "InferenceNotReady",
                "inference_model_ready == 0 and on (instance, model) inference_metal == 1",
                "10m",
                "critical",
                "{{ $labels.model }} has a GPU and does not answer",
            ),
            _alert(
                "InferenceCertificateEnds",
                "inference_certificate_expiry_timestamp_seconds - time() < 21 * 24 * 3600",
                "1h",
                "warning",
                "the proxy's certificate ends within three weeks: deploy, which renews it",
            ),
            _alert(
                "InferenceMemoryNearlyFull",
                "inference_memory_bytes / inference_memory_limit_bytes > 0.9",
                "10m",
                "warning",
                "{{ $labels.model }} uses more than 90 % of its memory; above 100 % it starts anew",
            ),
            _alert(
                "InferenceQueueLong",
                f'sum by (instance) (caddy_http_requests_in_flight{{handler="{MODELS}"}}) > {QUEUE * 3 // 4}',
                "5m",
                "warning",
                f"more than {QUEUE * 3 // 4} requests wait for models; {QUEUE} of one model are the most",
            ),
        ],
    },
)
