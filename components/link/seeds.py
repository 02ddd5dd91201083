"""The randomness that every key of the link is derived from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pulumi import Output, ResourceOptions
from pulumi_random import RandomPassword

from components.base import Component
from components.link.x25519 import public_key

LENGTH = 44
"""Letters and digits: 262 bits, and a key has 256."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SeedsArgs:
    """Whose, and how many."""

    parties: Collection[str]
    """Short lasting names."""
    generations: Sequence[int]

    def __post_init__(self) -> None:
        if not self.parties or not self.generations:
            raise ValueError("keys for nobody: name at least one party and one generation")


class Seeds(Component, token="link:Seeds"):
    """A secret of each party's and generation's own: another generation, and all keys are others.

    They lie in state, encrypted by the stack's own key; machines get keys and never seeds.
    """

    seeds: Mapping[str, Mapping[str, Output[str]]]
    """By party and generation."""
    public_keys: Mapping[str, Mapping[str, Output[str]]]
    """Likewise, as ``wg`` writes them."""

    def __init__(self, name: str, args: SeedsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        self.seeds = {
            party: {str(each): self._seed(f"{name}-{party}-{each}") for each in args.generations}
            for party in args.parties
        }
        self.public_keys = {
            party: {generation: Output.unsecret(seed.apply(public_key)) for generation, seed in seeds.items()}
            for party, seeds in self.seeds.items()
        }
        self.seal()

    def _seed(self, name: str) -> Output[str]:
        """A password: the id of ``RandomBytes`` is the value itself, and state encrypts no id."""
        made = RandomPassword(name, length=LENGTH, special=False, opts=self.child(protect=False))
        return Output.secret(made.result)
