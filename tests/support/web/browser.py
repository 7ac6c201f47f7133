"""Chromium for tests of the reader; a test is skipped where it is missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crawler.http.browser import find_browser
from tests.support.requirements import lacks


@contextmanager
def chromium_of() -> Iterator[Any]:
    """A browser, closed at the end of the block."""
    path = find_browser()
    if path is None:
        lacks("browser", "there is no Chromium, or the extra `browser` is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
