"""Only the de-identified database is published, column by column."""

from policies.checks import absent, like, present
from policies.demands import on
from policies.kinds import PUBLICATION
from policies.rule import Rule

DEIDENTIFIED = frozenset({"deidentified", "analytics"})
"""The databases in which nobody can be recognised."""

RULE = Rule(
    id="publication-limited",
    title="Only the de-identified database is published, column by column",
    portuguese="Só o banco desidentificado é publicado, coluna por coluna",
    severity="mandatory",
    controls=("LGPD 6 III", "LGPD 12", "LGPD 46", "HIPAA 164.514(a)"),
    demands=(
        on(
            PUBLICATION,
            like(
                "spec.dbname",
                DEIDENTIFIED.__contains__,
                "publish from the de-identified database",
                "clinical",
            ),
            absent("spec.target.allTables", "name each table", wrong=True),
            absent("spec.target.objects[*].tablesInSchema", "name each table", wrong="public"),
            present("spec.target.objects[*].table.columns", "name the columns that may leave"),
        ),
    ),
)
