"""What a program raises is told with its author's own lines."""

import pytest

from tests.toolkit.program.checkout import Checkout


def test_an_error_shows_its_authors_own_lines_and_what_to_do(checkout: Checkout) -> None:
    checkout.write(
        "rooms/beds.py", "from pulumi_random import RandomPet\n\n\ndef bed():\n    RandomPet('a', lenth=1)\n"
    )
    checkout.write("__main__.py", "from rooms.beds import bed\n\nbed()\n")
    refusal = checkout.refusal()
    assert refusal.message == (
        "TypeError: RandomPet._internal_init() got an unexpected keyword argument 'lenth'\n"
        "  __main__.py:3 in <module>\n"
        "    bed()\n"
        "  rooms/beds.py:5 in bed\n"
        "    RandomPet('a', lenth=1)"
    )
    assert "make lint" in refusal.hint


def test_an_error_in_an_apply_is_told_once_with_the_line_that_failed(
    checkout: Checkout, capfd: pytest.CaptureFixture[str]
) -> None:
    checkout.write(
        "__main__.py",
        "from pulumi_random import RandomPet\n"
        "for number in range(20):\n"
        "    pet = RandomPet(f'a{number}', length=2)\n"
        "    RandomPet(f'b{number}', length=pet.length.apply(lambda length: length / 0))\n",
    )
    refusal = checkout.refusal()
    first, *rest = refusal.message.splitlines()
    assert first == "ZeroDivisionError: division by zero"
    assert "  __main__.py:4 in <lambda>" in rest
    assert len(rest) <= 3
    assert capfd.readouterr() == ("", "")


def test_an_input_that_cannot_be_sent_names_its_resource(checkout: Checkout) -> None:
    checkout.write("__main__.py", "from pulumi_random import RandomPet\nRandomPet('a', length=object())\n")
    assert checkout.refusal().message == (
        "ValueError: unexpected input of type object for length in RandomPet\n"
        "  for a (random:index/randomPet:RandomPet), in its input length"
    )


def test_a_syntax_error_shows_its_line(checkout: Checkout) -> None:
    checkout.write("__main__.py", "import pulumi\nx = = 1\n")
    assert checkout.refusal().message.endswith("  __main__.py:2\n    x = = 1")


def test_a_message_for_the_user_comes_without_frames(checkout: Checkout) -> None:
    checkout.write("__main__.py", "import pulumi\nraise pulumi.RunError('write\\n  a region')\n")
    refusal = checkout.refusal()
    assert (refusal.message, refusal.hint) == ("write\n  a region", "")


def test_a_program_that_leaves_early_has_failed(checkout: Checkout) -> None:
    checkout.write("__main__.py", "import sys\nsys.exit(3)\n")
    assert checkout.refusal().message.startswith("SystemExit: 3\n  __main__.py:2")
