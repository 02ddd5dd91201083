"""Problems and policies: what to correct, where, and what is waived."""

from policies.rule import Evidence
from tests.toolkit.graphs import COMPONENT, urn
from tests.toolkit.rules import rule
from tests.toolkit.screen.pages import ROOT, clinic, part, previewed, printed
from toolkit.graph import Problem
from toolkit.values import UNKNOWN


def test_problems_and_violations_name_the_resource_and_what_to_do() -> None:
    new = clinic()
    new.problems.append(Problem(urn=urn(COMPONENT, "network"), path="a.b", message="no such key"))
    open_ = rule("open", Evidence(ROOT, "door", "open", "close it"), severity="advisory", controls=("CIS 1",))

    text = printed(previewed(new, None, open_))

    assert part(text, "Problems") == ["error  prontuario:gcp:Network network", "    a.b: no such key"]
    assert part(text, "Policies") == [
        "0 of 1 rules hold",
        "advisory open  pulumi:pulumi:Stack clinic-dev",
        "    close it",
        "    CIS 1",
    ]
    assert text.splitlines()[-1] == "+ 3 to create   1 to correct first   0.0 s"


def test_rules_are_counted_and_what_is_waived_says_why_and_until_when() -> None:
    rules = [
        rule("waived", Evidence(ROOT, "a", 1, "write 2"), Evidence(ROOT, "b", 1, "write 2")),
        rule("kept", Evidence(ROOT, "a", 1)),
        rule("untold", Evidence(ROOT, "a", UNKNOWN)),
        rule("elsewhere"),
    ]

    assert part(printed(previewed(clinic(), None, *rules)), "Policies") == [
        "3 of 4 rules hold (1 waived, 1 about nothing that is here, 1 not known yet)",
        "waived waived  the builder is on holiday (until 2026-12-31 by head of security)",
    ]
