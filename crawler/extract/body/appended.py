"""Remove further articles that a page appends to its own: each has a headline like the first, with text below it."""

from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.body.candidates import LEAST_TEXT, articles_behind, begins_article
from crawler.html import prune
from crawler.html.tree import content
from crawler.profile.paths import names_in

LONGEST_HEADLINE = 300  # letters
_MOST = 50  # headings that are examined


def remove_appended(tree: HtmlElement, headline: HtmlElement | None) -> None:
    """Remove the articles after the page's own one.

    They are `article` elements after the headline's own that begin with a heading; and branches with enough prose that
    hold a further h1, or an element with the headline's tag, classes and id, after the text of the page's own article.

    headline: the element of the page's own headline; None: nothing is removed.
    """
    if headline is None:
        return
    order = {element: place for place, element in enumerate(tree.iter("*"))}
    if headline not in order:  # it was cut out with furniture
        return
    for each in articles_behind(tree, headline):
        prune.remove(each)
    own = content(headline)
    around = {headline, *headline.iterancestors()}
    further = [
        element
        for element in tree.iter(*{"h1", headline.tag})
        if order[element] > order[headline] and _is_like(element, headline) and begins_article(element, own)
    ]
    # Where a paragraph has the headline's tag and names too, these are no evidence; only h1 elements count then.
    further = [each for each in further if each.tag == "h1"] if any(map(_is_paragraph, further)) else further
    if not further:
        return
    measured = prune.sizes(tree)
    for element in further[:_MOST]:
        top = element
        for holder in element.iterancestors():
            if holder in around:
                break
            top = holder
        if top in around or not _has_text_before(top, around, measured):
            continue
        if measured.prose(top) >= LEAST_TEXT:
            prune.remove(top)


def _is_like(element: HtmlElement, headline: HtmlElement) -> bool:
    if element.tag == "h1" and headline.tag == "h1":
        return True
    if element.tag != headline.tag or names_in(element) != names_in(headline):
        return False
    return bool(headline.get("class")) or _are_alike_within(element, headline)


def _is_paragraph(element: HtmlElement) -> bool:
    return len(content(element)) > LONGEST_HEADLINE


def _are_alike_within(element: HtmlElement, headline: HtmlElement) -> bool:
    """Whether the elements around both, below their common ancestor, have the same tags and classes."""
    holders = set(headline.iterancestors())
    outer = [each for each in element.iterancestors() if each not in holders]
    others = set(element.iterancestors())
    own = [each for each in islice(headline.iterancestors(), len(outer) + 1) if each not in others]
    return len(outer) == len(own) > 0 and all(
        one.tag == other.tag and one.get("class") == other.get("class") for one, other in zip(outer, own, strict=True)
    )


def _has_text_before(top: HtmlElement, around: set[HtmlElement], measured: prune.Sizes) -> bool:
    """Whether the siblings before a branch, back to the one that holds the headline, have an article's prose."""
    prose = 0
    for sibling in islice(top.itersiblings(preceding=True), 200):
        prose += measured.prose(sibling)
        if sibling in around or prose >= LEAST_TEXT:
            return prose >= LEAST_TEXT
    return False
