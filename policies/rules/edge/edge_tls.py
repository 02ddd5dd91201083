"""What the internet reaches speaks TLS 1.2 or newer, with strong ciphers."""

from policies.checks import one_of, present
from policies.demands import on
from policies.kinds import HTTPS_PROXY, SSL_POLICY
from policies.rule import Rule

RULE = Rule(
    id="edge-tls",
    title="What the internet reaches speaks TLS 1.2 or newer, with strong ciphers",
    portuguese="O que a internet alcança fala TLS 1.2 ou mais novo, com cifras fortes",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(e)(1)", "HIPAA 164.312(e)(2)(ii)", "CIS GCP 3.9", "CKV_GCP_4"),
    demands=(
        on(
            SSL_POLICY,
            one_of("minTlsVersion", "TLS_1_2", "TLS_1_3"),
            one_of("profile", "MODERN", "RESTRICTED", "FIPS_202205"),
        ),
        on(HTTPS_PROXY, present("sslPolicy", "name the platform's SSL policy")),
    ),
)
