"""What each SDK package that prod uses costs to import, after Pulumi itself."""

from rich.table import Table

from tests.bench.clock import python, timed
from tests.bench.modules import touch, used


def table() -> Table:
    """Packages, dearest first."""
    rows = Table("package", "classes", "seconds over pulumi alone", title="Imports of prod")
    packages = used("prod")
    (alone,) = timed(python("import pulumi, components"), runs=3)
    costs = {}
    for package, classes in packages.items():
        (figure,) = timed(python(touch({package: classes})), runs=3)
        costs[package] = figure.median - alone.median
    rows.add_row("pulumi", "", f"{alone.median:.2f} in all")
    for package, cost in sorted(costs.items(), key=lambda item: -item[1]):
        rows.add_row(package, str(len(packages[package])), f"{cost:.2f}")
    return rows
