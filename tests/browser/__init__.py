"""A real browser for tests: Debian's chromium, driven over its own debugging pipe."""

from tests.browser.chromium import Browser, browser
from tests.browser.machine import chromium, missing

__all__ = ["Browser", "browser", "chromium", "missing"]
