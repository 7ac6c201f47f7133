"""Labels of lists: short words before a list's first card that are no link to an article, such as "latest"."""

from collections.abc import Container, Mapping
from itertools import islice

from lxml.html import HtmlElement

from crawler.dates.dateline import is_dateline
from crawler.listings.listing_furniture import DEEPEST, is_heading

_LONGEST = 60  # letters of a label
_MOST_BESIDE = 3  # preceding siblings in which a label is searched
_MOST_PARTS = 20  # elements of a label


def has_label_within(part: HtmlElement, first: HtmlElement) -> bool:
    """Whether a part of the page contains a label before its first card."""
    words = _words_within(part, first)
    return words is not None and _is_label(words)


def has_label(first: HtmlElement, owners: Mapping[HtmlElement, object]) -> bool:
    """Whether the list that begins with the card `first` has a label.

    A label stands in an element that holds this list and no other card; or it stands between this list and the one
    before, and is a heading, a text without child elements, or a link alone. A date is no label, because it says only
    which day's articles follow; nor is an h1.

    owners: element to the list whose cards it holds; None where it holds cards of several lists.
    """
    branch = branch_of(first, owners)
    return has_label_within(branch, first) or has_label_before(branch, owners)


def has_label_before(branch: HtmlElement, owners: Mapping[HtmlElement, object]) -> bool:
    """Whether a heading, plain words or a link alone stand between the branch of a list and the list before it."""
    words = _words_before(branch, owners)
    return words is not None and _is_label(words) and (is_heading(words) or len(words) == 0 or _is_link(words))


def has_link_before(holder: HtmlElement, others: Container[HtmlElement]) -> bool:
    """Whether the label between the holder of a list and the list before is only a link, such as one to a section."""
    words = _words_before(holder, others)
    return words is not None and _is_label(words) and _is_link(words)


def branch_of(first: HtmlElement, owners: Mapping[HtmlElement, object]) -> HtmlElement:
    """The largest element that holds the list that begins with the card `first`, and no card of another list."""
    branch = first
    for around in islice(first.iterancestors(), DEEPEST):
        if owners.get(around) is not owners[first] or around.tag in ("body", "html"):
            break
        branch = around
    return branch


def _words_within(part: HtmlElement, first: HtmlElement) -> HtmlElement | None:
    for around in islice((first, *first.iterancestors()), DEEPEST):
        if around is part:
            break
        words = _words_before(around)
        if words is not None:
            return words
    return None


def _words_before(element: HtmlElement, cards: Container[HtmlElement] = ()) -> HtmlElement | None:
    """The nearest preceding sibling that has words; None where an element of `cards` is nearer."""
    for sibling in islice(element.itersiblings(preceding=True), _MOST_BESIDE):
        if sibling in cards:
            break
        if isinstance(sibling.tag, str) and sibling.tag not in ("script", "style") and _beginning(sibling):
            return sibling
    return None


def _is_link(words: HtmlElement) -> bool:
    """Whether an element consists of one link, such as one to the section whose articles follow."""
    return len(words) == 1 and words[0].tag == "a" and _beginning(words) == _beginning(words[0])


def _is_label(element: HtmlElement) -> bool:
    text = _beginning(element)
    is_title = any(each.tag == "h1" for each in islice(element.iter(), _MOST_PARTS))
    return not is_title and len(text) <= _LONGEST and not is_dateline(text)


def _beginning(element: HtmlElement) -> str:
    return " ".join(" ".join(islice(element.itertext(), _MOST_PARTS)).split())
