"""Print the tables of the bench."""

from rich.console import Console

from tests.bench import audits, critical, imports, previews, sites

console = Console()
for table in (previews.table(), imports.table(), sites.table(), critical.table(), audits.table()):
    console.print(table)
