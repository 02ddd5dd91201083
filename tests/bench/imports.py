"""What each SDK package that prod uses costs to import, after Pulumi itself."""

from rich.table import Table

from tests.bench.clock import python, timed
from tests.bench.modules import touch, used


def table() -> Table:
    """Packages, dearest first; each turn measures all of them, so that a slow moment is everybody's."""
    rows = Table("package", "classes", "seconds over pulumi alone", title="Imports of prod")
    packages = used("prod")
    touched = [python(touch({package: classes})) for package, classes in packages.items()]
    alone, *figures = timed(python("import pulumi, components"), *touched)
    costs = {package: figure.least - alone.least for package, figure in zip(packages, figures, strict=True)}
    rows.add_row("pulumi", "", f"{alone.least:.2f} in all")
    for package, cost in sorted(costs.items(), key=lambda item: -item[1]):
        rows.add_row(package, str(len(packages[package])), f"{cost:.2f}")
    return rows
