"""Devices prove who they are, and no certificate is believed for ever."""

from policies.checks import absent, equals, present
from policies.demands import matched, on
from policies.kinds import HTTPS_PROXY, TLS_POLICY, TRUST
from policies.rule import Rule
from policies.subjects import of

RULE = Rule(
    id="edge-mutual-tls",
    title="Devices prove who they are, and no certificate is believed for ever",
    portuguese="Os aparelhos provam quem são, e nenhum certificado é aceito para sempre",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(d)", "HIPAA 164.312(e)(1)"),
    demands=(
        on(
            TLS_POLICY,
            equals("mtlsPolicy.clientValidationMode", "REJECT_INVALID"),
            present("mtlsPolicy.clientValidationTrustConfig", "name a trust config"),
        ),
        on(
            TRUST,
            present("trustStores", "name the authority that signs devices"),
            absent("allowlistedCertificates", wrong=[{"pemCertificate": "x"}]),
        ),
        matched(of(TLS_POLICY), of(HTTPS_PROXY), "serverTlsPolicy", "attach it to a proxy"),
    ),
)
