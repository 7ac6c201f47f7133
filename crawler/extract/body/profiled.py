"""Read the body of a page with a learned template, at the DOM paths of the template."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, takewhile

from lxml.html import HtmlElement

from crawler.extract.body.lines import Body, LineContext, is_credit, keep
from crawler.html import prune
from crawler.html.blocks import SENTENCE_ENDS, TextBlock, blocks
from crawler.html.tree import content
from crawler.profile.paths import Paths
from crawler.profile.site_profile import SiteProfile
from crawler.profile.template import Template

SOURCE = "template of the site"
_LONGEST_SIGNATURE = 40  # letters
_LEAST_OPENING = 60  # letters
_LABEL = 15  # most letters of a label beside a field


@dataclass(frozen=True, slots=True)
class Fit:
    """A page's template, its container elements on the page, and its leads, the elements with text before them."""

    template: Template
    elements: tuple[HtmlElement, ...]
    leads: tuple[HtmlElement, ...]
    paths: Paths


def fit(tree: HtmlElement, profile: SiteProfile) -> Fit | None:
    """The first template of the profile whose container the page has; None if none. Call it before the tree is cut."""
    for template in profile.templates:
        paths = Paths(template.names)
        elements = template.containers_of(tree, paths)
        if elements:
            return Fit(template, elements, tuple(_leads(template, tree, elements[0], paths)), paths)
    return None


def _leads(template: Template, tree: HtmlElement, container: HtmlElement, paths: Paths) -> Iterator[HtmlElement]:
    """Yield one element at each lead path: the first before the container with a complete sentence, else the first."""
    before = set(takewhile(lambda each: each is not container, tree.iter())) if template.leads else set()
    for path in template.leads:
        leads = [each for each in template.elements(tree, path, paths) if each in before]
        sentences = (each for each in leads if any(map(is_opening, blocks(each))))
        yield from islice(chain(sentences, leads), 1)


def is_signature(block: TextBlock, container: HtmlElement) -> bool:
    """Whether a text's last block may be its signature: short, no sentence, and in no list or inner table."""
    owner = block.owner
    if block.kind in ("li", "heading") or (owner is not None and owner is not container and owner.tag in ("td", "th")):
        return False
    return len(block.text) <= _LONGEST_SIGNATURE and not block.text.endswith(SENTENCE_ENDS)


def is_opening(block: TextBlock) -> bool:
    """Whether a block before the container may be the first paragraph: long, a complete sentence, with few links."""
    return len(block.text) >= _LEAST_OPENING and block.text.endswith(SENTENCE_ENDS) and block.linked < 0.3


def read_profiled(page_fit: Fit, fields: Iterable[HtmlElement], context: LineContext) -> Body | None:
    """Read the text of the leads and the container by the template; None where too little is left. Changes the tree.

    Blocks at furniture paths are left out, and so are fields, and the signature of a template that is `signed`.
    fields: elements that show other fields of the article.
    """
    lines: list[TextBlock] = [block for lead in page_fit.leads for block in blocks(lead)]
    known = tuple(fields)
    roots = dict.fromkeys(map(page_fit.template.inner_root, page_fit.elements))
    for root in roots:
        lines += _lines(page_fit, root, known, context.site_names)
    ends_signed = page_fit.template.signed and len(lines) > 1 and is_signature(lines[-1], page_fit.elements[-1])
    if ends_signed and not is_credit(lines[-1].text, context.site_names):
        lines.pop()
    return keep(lines, SOURCE, context)


def _lines(
    page_fit: Fit, element: HtmlElement, fields: tuple[HtmlElement, ...], site_names: frozenset[str]
) -> Iterator[TextBlock]:
    # Paths are computed before furniture is cut by its names, since that changes the elements around a block.
    template, paths = page_fit.template, Paths(page_fit.template.inner, element)
    prune.unwrap_forms(element)
    within = {inner for each in page_fit.elements for inner in each.iter("*")}
    every = [block for block in blocks(element) if block.owner is None or block.owner in within]
    # On pages with few names, an element with a field may hold paragraphs as well; it must not be removed.
    text = {holder for each in every if is_opening(each) for holder in _around(each, element, paths, template)}
    refused = {each for each in fields if each is not element and each not in text}
    shown = [(each, len(content(each)) + _LABEL) for each in refused]
    refused.update(holder for each, most in shown for holder in _wrappers(each, element, most))
    trusted: set[HtmlElement] = set()
    credits = {each.owner for each in (every[0], every[-1]) if is_credit(each.text, site_names)} if every else set()
    for owner in {block.owner for block in every if block.owner is not None} - refused - credits:
        path = paths.of(owner)
        if path in template.body:
            trusted.update((owner, *owner.iterancestors()))
        elif template.is_furniture(path):
            refused.add(owner)
    prune.cut(element, trusted)
    refused.update(inner for each in list(refused) for inner in each.iter("*"))
    for block in blocks(element):
        if block.owner not in refused and (block.owner is None or block.owner in within):
            yield block


def _around(block: TextBlock, container: HtmlElement, paths: Paths, template: Template) -> Iterator[HtmlElement]:
    """Yield the elements around a block at a body path, up to the container; none for a block at another path."""
    if block.owner is not None and block.owner is not container and paths.of(block.owner) in template.body:
        yield from takewhile(lambda each: each is not container, (block.owner, *block.owner.iterancestors()))


def _wrappers(field: HtmlElement, container: HtmlElement, most: int) -> Iterator[HtmlElement]:
    """Yield the elements around a field that have at most `most` letters, such as the field and its label."""
    for holder in islice(field.iterancestors(), 3):
        if holder is container or len(content(holder)) > most:
            return
        yield holder
