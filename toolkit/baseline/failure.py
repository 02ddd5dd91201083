"""What is said when there is nothing to compare with."""


class BaselineError(Exception):
    """A baseline that cannot be read: what is wrong with it, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
