"""Only clients with a certificate of ours speak to the database, and encrypted."""

from policies.checks import equals
from policies.demands import on
from policies.kinds import DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-tls",
    title="Only clients with a certificate of ours speak to the database, and encrypted",
    portuguese="Só clientes com certificado nosso falam com o banco de dados, e cifrado",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(d)", "HIPAA 164.312(e)(2)(ii)", "CIS GCP 6.4", "CKV_GCP_6"),
    demands=(
        on(
            DATABASE,
            equals("settings.ipConfiguration.sslMode", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"),
            equals("settings.connectorEnforcement", "REQUIRED"),
        ),
    ),
)
