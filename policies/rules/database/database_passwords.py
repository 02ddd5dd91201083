"""Programs log in by IAM; a password that somebody needs is long and mixed."""

from policies.checks import at_least, equals, true
from policies.demands import on
from policies.flags import flag
from policies.kinds import DATABASE
from policies.parts import PRIMARY_DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-passwords",
    title="Programs log in by IAM; a password that somebody needs is long and mixed",
    portuguese="Programas entram pelo IAM; uma senha de que alguém precisa é longa e variada",
    severity="mandatory",
    controls=("HIPAA 164.312(d)", "HIPAA 164.308(a)(5)(ii)(D)"),
    demands=(
        on(DATABASE, equals(flag("cloudsql.iam_authentication"), "on")),
        on(
            PRIMARY_DATABASE,
            true("settings.passwordValidationPolicy.enablePasswordPolicy"),
            at_least("settings.passwordValidationPolicy.minLength", 12),
            equals("settings.passwordValidationPolicy.complexity", "COMPLEXITY_DEFAULT"),
            true("settings.passwordValidationPolicy.disallowUsernameSubstring"),
        ),
    ),
)
