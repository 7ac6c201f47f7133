"""Recognise log-in pages: a password form instead of an article, or the headline of a log-in page."""

from itertools import islice

from crawler.extract.fields.vocabulary import vocabulary
from crawler.html.blocks import is_hidden
from crawler.html.page import Page
from crawler.html.spelling import comparable

_SHORT = 400  # most letters of a note beside a form


def asks_for_password(page: Page) -> bool:
    """Whether the page shows a password field outside menus and hidden boxes, in which most sites have one."""
    fields = (each for each in page.tree.iter("input") if (each.get("type") or "").lower() == "password")
    return any(
        not page.is_elsewhere(field) and not any(map(is_hidden, (field, *field.iterancestors())))
        for field in islice(fields, 5)
    )


def is_login(title: str | None, text: str | None, *, asks: bool, declared: bool) -> bool:
    """Whether a page is for logging in, joining, or a lost password.

    asks: the result of `asks_for_password`. declared: whether the page declares an article (`digests.is_declared`) or
    fits a learned template.
    """
    named = title is not None and comparable(title) in vocabulary("login")
    return (named and (asks or not declared)) or (asks and not declared and len(text or "") < _SHORT)
