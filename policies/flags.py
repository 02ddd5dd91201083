"""Where Cloud SQL's flags stand."""


def flag(name: str) -> str:
    """The path of the value of a flag of the database server."""
    return f"settings.databaseFlags[name={name}].value"
