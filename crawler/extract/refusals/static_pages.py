"""Recognise static pages, such as about us, contact and privacy, which look like articles."""

import re
from urllib.parse import unquote, urlsplit

from crawler.extract.fields.metadata import Metadata
from crawler.extract.fields.vocabulary import vocabulary
from crawler.html import jsonld
from crawler.html.page import Page
from crawler.html.spelling import comparable

# The classes of WordPress's "pages", with any theme (get_body_class).
_PAGE_CLASS = re.compile(r"(?:^|\s)(?:page-id-\d+|page-template(?:-\S+)?)(?=\s|$)")
_POST_CLASS = re.compile(r"(?:^|\s)(?:single|single-post|postid-\d+|single-format-\S+)(?=\s|$)")
# Drupal's content types. Some sites publish news as "page" too, but with a date.
_TYPE_CLASS = re.compile(r"(?:^|\s)(?:page-node-type-page|node-type-page|path-contact)(?=\s|$)")


def is_static(page: Page, title: str, metadata: Metadata) -> bool:
    """Whether a page is static, by its system's classes, its URL or its headline.

    A page with a date, an author or an agency is an article unless WordPress marks it as a page.
    """
    body = page.tree.find("body")
    classes = (body.get("class") or "").lower() if body is not None else ""
    if _PAGE_CLASS.search(classes) and not _POST_CLASS.search(classes):
        return "newsarticle" not in jsonld.types(page.article)
    if metadata.published or metadata.authors or metadata.agency:
        return False
    parts = [part for part in unquote(urlsplit(page.url).path).lower().split("/") if part]
    last = re.sub(r"\.(?:html?|php|aspx?)$", "", parts[-1]) if parts else ""
    if _TYPE_CLASS.search(classes) or not vocabulary("static").isdisjoint((comparable(title), _topic(last))):
        return True
    # Else: a short URL without a number, on a page with no field of an article except the text.
    website = any(kind.lower() == "website" for _, kind in page.meta("og:type"))
    bare = not (page.article or metadata.labels.tags or metadata.labels.categories)
    short = len(parts) <= 2 and len(_topic(last).split()) <= 3 and not any(map(str.isdigit, "".join(parts)))
    return website and bare and short


def _topic(part: str) -> str:
    return comparable(re.sub(r"[-_+.]+", " ", part))
