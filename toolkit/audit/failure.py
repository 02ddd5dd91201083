"""What is said when there is nothing to audit."""


class AuditError(Exception):
    """A source that cannot be audited: what is wrong with it and where, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
