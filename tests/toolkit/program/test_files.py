"""Files of a project that are missing or wrong are refused with their place."""

import pytest

from tests.toolkit.program.checkout import Checkout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Pulumi.dev.yaml: is empty"),
        ("# nothing yet\n", "Pulumi.dev.yaml: is empty"),
        ("- config\n", "Pulumi.dev.yaml: is a list, not keys with values"),
        ("config: [a]\n", "Pulumi.dev.yaml: config is a list, not keys with values"),
        ("config: yes\n", "Pulumi.dev.yaml: config is the text 'yes', not keys with values"),
        (
            "config:\n\ta: 1\n",
            (
                "Pulumi.dev.yaml: line 2, column 1: not YAML: while scanning for the next token, "
                "found character '\\t' that cannot start any token"
            ),
        ),
        (
            "config:\n  a: [1\n",
            (
                "Pulumi.dev.yaml: line 3, column 1: not YAML: while parsing a flow sequence, "
                "expected ',' or ']', but got '<stream end>'"
            ),
        ),
        ("config:\n  a: 1\n  b: 2\n  a: 3\n", "Pulumi.dev.yaml: line 4: a stands in line 2 already"),
        (
            "config:\n  a: {x: 1, x: 2}\nconfig: {}\n",
            (
                "Pulumi.dev.yaml: line 2: x stands in line 2 already\n"
                "Pulumi.dev.yaml: line 3: config stands in line 1 already"
            ),
        ),
    ],
)
def test_a_stack_file_that_is_none_is_refused_with_its_place(
    checkout: Checkout, text: str, message: str
) -> None:
    checkout.write("Pulumi.dev.yaml", text)
    refusal = checkout.refusal()
    assert refusal.message == message
    assert refusal.hint


def test_a_stack_file_in_another_encoding_is_refused(checkout: Checkout) -> None:
    (checkout.root / "Pulumi.dev.yaml").write_bytes("config: {a: São}\n".encode("latin-1"))
    assert checkout.refusal().message == "Pulumi.dev.yaml: not UTF-8 text, at byte 13"


def test_a_missing_stack_file_names_the_stacks_that_there_are(checkout: Checkout) -> None:
    checkout.write("Pulumi.prod.yaml", "config: {}\n")
    assert checkout.refusal("prdo").message == (
        "no Pulumi.prdo.yaml: the stacks here are dev, prod; did you mean prod?"
    )
    assert checkout.refusal("elsewhere").message == "no Pulumi.elsewhere.yaml: the stacks here are dev, prod"


def test_what_the_project_needs_and_the_stack_lacks_is_named(checkout: Checkout) -> None:
    checkout.write("Pulumi.yaml", "name: clinic\nconfig: {size: {type: integer}, gcp:zone: {}}\n")
    assert checkout.refusal().message == (
        "Pulumi.dev.yaml: no clinic:size, which Pulumi.yaml declares without a default"
    )


@pytest.mark.parametrize(
    ("missing", "message"), [("Pulumi.yaml", "no Pulumi.yaml in "), ("__main__.py", "no __main__.py in ")]
)
def test_a_folder_without_a_program_is_refused(checkout: Checkout, missing: str, message: str) -> None:
    (checkout.root / missing).unlink()
    assert checkout.refusal().message.startswith(message)
