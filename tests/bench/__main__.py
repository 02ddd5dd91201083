"""Print the tables of the bench."""

from rich.console import Console

from tests.bench import audits, critical, imports, previews, replication, sites, tunnels

console = Console()
for table in (
    previews.table(),
    imports.table(),
    sites.table(),
    critical.table(),
    audits.table(),
    tunnels.table(),
    replication.table(),
):
    console.print(table)
