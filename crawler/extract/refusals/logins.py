"""Log-in pages: a form that asks readers for a password in the place of an article, or a headline that says so."""

from itertools import islice

from crawler.extract.fields.vocabulary import vocabulary
from crawler.html.blocks import is_hidden
from crawler.html.page import Page
from crawler.html.spelling import comparable

_SHORT = 400  # letters of text; a note beside a form has fewer


def asks_for_password(page: Page) -> bool:
    """Whether readers see a password field in the page itself: most sites have one in a menu or a hidden box, too."""
    fields = (each for each in page.tree.iter("input") if (each.get("type") or "").lower() == "password")
    return any(
        not page.is_elsewhere(field) and not any(map(is_hidden, (field, *field.iterancestors())))
        for field in islice(fields, 5)
    )


def is_login(title: str | None, text: str | None, *, asks: bool, declared: bool) -> bool:
    """Whether a page is for logging in, joining, or a lost password.

    asks: `asks_for_password`. declared: whether the page says that it is an article.
    """
    named = title is not None and comparable(title) in vocabulary("login")
    return (named and (asks or not declared)) or (asks and not declared and len(text or "") < _SHORT)
