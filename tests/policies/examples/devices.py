"""What the internet reaches: devices with certificates of their own, behind Cloud Armor."""

from typing import Any

from pulumi_gcp.certificatemanager import TrustConfig
from pulumi_gcp.compute import (
    BackendService,
    GlobalForwardingRule,
    SecurityPolicy,
    SSLPolicy,
    TargetHttpProxy,
    TargetHttpsProxy,
    URLMap,
)
from pulumi_gcp.networksecurity import ServerTlsPolicy

RULES: Any = [
    {
        "action": "deny(403)",
        "priority": 1,
        "match": {"expr": {"expression": "evaluatePreconfiguredWaf('cve-canary')"}},
    },
    {
        "action": "throttle",
        "priority": 2,
        "match": {"versioned_expr": "SRC_IPS_V1", "config": {"src_ip_ranges": ["*"]}},
        "rate_limit_options": {
            "conform_action": "allow",
            "exceed_action": "deny(429)",
            "enforce_on_key": "IP",
            "rate_limit_threshold": {"count": 600, "interval_sec": 60},
        },
    },
]
HEADERS = [
    "X-Client-Cert-Verified:{client_cert_chain_verified}",
    "X-Client-Cert-Hash:{client_cert_sha256_fingerprint}",
    "X-Client-Cert-Serial:{client_cert_serial_number}",
]


def devices() -> None:
    """A load balancer that believes only devices of the hospital, and redirects whoever comes unencrypted."""
    trust = TrustConfig(
        "devices",
        location="global",
        trust_stores=[{"trust_anchors": [{"pem_certificate": "-----BEGIN CERTIFICATE-----"}]}],
    )
    tls = ServerTlsPolicy(
        "devices",
        location="global",
        mtls_policy={
            "client_validation_mode": "REJECT_INVALID",
            "client_validation_trust_config": trust.id,
        },
    )
    backend = BackendService(
        "devices",
        load_balancing_scheme="EXTERNAL_MANAGED",
        security_policy=SecurityPolicy("devices", rules=RULES).id,
        log_config={"enable": True, "sample_rate": 1},
        custom_request_headers=HEADERS,
    )
    TargetHttpsProxy(
        "devices",
        url_map=URLMap("devices", default_service=backend.id).id,
        ssl_policy=SSLPolicy("devices", min_tls_version="TLS_1_2", profile="RESTRICTED").id,
        server_tls_policy=tls.id,
    )
    elsewhere = URLMap("plain", default_url_redirect={"https_redirect": True, "strip_query": False})
    plain = TargetHttpProxy("plain", url_map=elsewhere.id)
    GlobalForwardingRule("plain", target=plain.id, port_range="80", load_balancing_scheme="EXTERNAL_MANAGED")
