"""Find the picture of an article: the one declared for sharing, else the first one beside the text."""

import re
from itertools import islice

from lxml.html import HtmlElement

from crawler.html.page import Page

# Attributes with a picture's URL, the most trustworthy first: a script copies those of lazy loading into src.
_PLACES = (
    *("data-src", "data-lazy-src", "data-original", "data-srcset", "data-lazy-srcset"),
    *("src", "srcset", "content", "href"),
)
_SIZE = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)[wx]")
_LONGEST_SET = 5_000  # letters
_NO_PICTURE = re.compile(
    r"logo|icon|avatar|gravatar|sprite|pixel|spacer|blank|placeholder|loading|/ads?/|banner|emoji|arrow|bullet|bread|button|btn|separator",
    re.I,
)
_SMALL = 120  # pixels; a picture with a smaller declared width is an ornament


def read_image(page: Page, headline: HtmlElement | None, body: HtmlElement | None) -> tuple[str, str] | None:
    """The picture's absolute URL and its source; None when there is none.

    headline, body: their elements. A picture that is not declared is searched in the element that holds both.
    """
    for where, value in page.meta("og:image", "og:image:url", "og:image:secure_url"):
        if full := page.absolute(value):
            return full, where
    if full := page.absolute(_address(page.article.get("image")) or ""):
        return full, "json-ld image"
    for element in page.matches("image")[:1]:
        if full := _shown(page, element):
            return full, "image of the theme"
    for where, value in page.meta("twitter:image", "twitter:image:src", "thumbnailurl", "image_url", "image"):
        if full := page.absolute(value):
            return full, where
    for element in page.names.select('[itemprop~="image"]')[:3]:
        if full := _shown(page, element):
            return full, "itemprop image"
    return _beside(page, headline, body)


def _beside(page: Page, headline: HtmlElement | None, body: HtmlElement | None) -> tuple[str, str] | None:
    if headline is None or body is None:
        return None
    holders = {body, *body.iterancestors()}
    area = next((holder for holder in headline.iterancestors() if holder in holders), None)
    if area is None or area.tag in ("html", "body"):
        area = body
    for element in islice(area.iter("img", "amp-img"), 30):
        full = _shown(page, element)
        if full and not _NO_PICTURE.search(full) and not _is_small(element) and not page.is_elsewhere(element):
            return full, "picture beside the text"
    return None


def _shown(page: Page, element: HtmlElement) -> str | None:
    values = (_largest(said) if name.endswith("srcset") else said for name in _PLACES if (said := element.get(name)))
    return next((full for value in values if value and (full := page.absolute(value))), None)


def _largest(candidates: str) -> str | None:
    """The URL of the largest picture of a srcset ("a.jpg 300w, b.jpg 900w"); None when it has none."""
    sizes: dict[str, float] = {}
    address = ""
    for word in candidates[:_LONGEST_SET].split():
        if not address:
            address, size, after = word.strip(","), "", ""
            if not word.endswith(","):
                continue
        else:
            size, _, after = word.partition(",")
        match = _SIZE.fullmatch(size)
        sizes[address] = float(match[1]) if match else 1.0
        address = after
    if address:
        sizes[address] = 1.0
    pictures = [each for each in sizes if each and not each.startswith("data:")]
    return max(pictures, key=lambda each: sizes[each], default=None)


def _is_small(element: HtmlElement) -> bool:
    width = re.match(r"\s*(\d{1,5})", element.get("width") or "")
    return width is not None and int(width[1]) < _SMALL


def _address(value: object) -> str | None:
    """The first URL of a JSON-LD image: a string, an ImageObject, or a list of them."""
    if isinstance(value, list):
        return next((url for inner in value[:20] if (url := _address(inner))), None)
    if isinstance(value, dict):
        return _address(value.get("url") or value.get("contentUrl") or value.get("@id"))
    return value.strip() or None if isinstance(value, str) else None
