"""Nobody runs SQL over the internet through Google's API."""

from policies.checks import equals
from policies.demands import on
from policies.kinds import DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-api-off",
    title="Nobody runs SQL over the internet through Google's API",
    portuguese="Ninguém executa SQL pela internet através da API do Google",
    severity="mandatory",
    controls=("HIPAA 164.312(a)(1)", "HIPAA 164.312(e)(1)"),
    demands=(on(DATABASE, equals("settings.dataApiAccess", "DISALLOW_DATA_API")),),
)
