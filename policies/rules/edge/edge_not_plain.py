"""Nothing is served without encryption."""

from policies.checks import absent, true
from policies.demands import on
from policies.kinds import HTTP_PROXY, URL_MAP
from policies.rule import Rule
from policies.subjects import of

RULE = Rule(
    id="edge-not-plain",
    title="Nothing is served without encryption",
    portuguese="Nada é servido sem criptografia",
    severity="mandatory",
    controls=("HIPAA 164.312(e)(1)", "CKV2_GCP_37", "CKV2_GCP_38"),
    demands=(
        on(
            of(URL_MAP, named=(of(HTTP_PROXY), "urlMap")),
            true("defaultUrlRedirect.httpsRedirect"),
            absent("defaultService", wrong="a-backend"),
            absent("pathMatchers", wrong=[{"name": "all"}]),
        ),
    ),
)
