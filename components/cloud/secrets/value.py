"""A secret's value, where the program itself has to make it."""

from dataclasses import dataclass

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import secretmanager

from components.base import Component


@dataclass(frozen=True, kw_only=True, slots=True)
class SecretValueArgs:
    """Which secret, and what it says."""

    secret: Input[str]
    """The secret's id, known once its readers may read it (``Secret.id``)."""
    value: Input[str]
    """It is sent to Secret Manager, and never kept in state."""
    edition: str
    """Another number, as text, whenever the value is another: Google does not tell what was sent."""


class SecretValue(Component, token="gcp:SecretValue"):
    """The newest version of a secret; the one before it is destroyed, after the secret's days of regret."""

    version: Output[str]
    """``projects/<project>/secrets/<name>/versions/<number>``."""

    def __init__(self, name: str, args: SecretValueArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        version = secretmanager.SecretVersion(
            name,
            secret=args.secret,
            secret_data_wo=Output.secret(args.value),
            secret_data_wo_version=args.edition,
            opts=self.child(protect=False),  # it is replaced whenever the value changes
        )
        self.version = version.name
        self.seal()
