"""What all tests share."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update``: write golden files anew instead of comparing with them."""
    parser.addoption("--update", action="store_true", help="write the golden files anew")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The mutation score of the rules: tests tell their part of it, wherever they ran."""
    reports = [report for each in terminalreporter.stats.values() for report in each]
    told = [
        dict(report.user_properties)
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
    ]
    parts = [each for each in told if "mutations" in each]
    tried = sum(each["mutations"] for each in parts)
    if tried:
        killed = tried - sum(each["survivors"] for each in parts)
        score = (
            f"{killed} of {tried} mutations of {len(parts)} rules were noticed ({100 * killed // tried} %)"
        )
        terminalreporter.write_line(score)
