"""The body of a page of a known template: by the paths that the site's other articles taught."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.body.lines import Body, LineContext, keep
from crawler.html import prune
from crawler.html.blocks import TextBlock, blocks
from crawler.html.tree import content
from crawler.profile.paths import Paths
from crawler.profile.site_profile import SiteProfile
from crawler.profile.template import Template

SOURCE = "template of the site"
_LABEL = 15  # letters that may stand beside a field


@dataclass(frozen=True, slots=True)
class Fit:
    """A page's template, the elements of the page that hold its body, and the blocks of the body before them."""

    template: Template
    elements: tuple[HtmlElement, ...]
    leads: tuple[HtmlElement, ...]
    paths: Paths


def fit(tree: HtmlElement, profile: SiteProfile) -> Fit | None:
    """The first template of the profile that the page is of; None when it is of none. Call it before a tree is cut."""
    for template in profile.templates:
        paths = Paths(template.names)
        elements = template.containers_of(tree, paths)
        if elements:
            leads = [each for path in template.leads for each in template.elements(tree, path, paths)[:1]]
            return Fit(template, elements, tuple(leads), paths)
    return None


def read_profiled(page_fit: Fit, fields: Iterable[HtmlElement], context: LineContext) -> Body | None:
    """The lines at the template's paths; None where they are no text. Changes the tree.

    fields: elements that show other fields, which are no text of the article.
    """
    lines: list[TextBlock] = [block for lead in page_fit.leads for block in blocks(lead)]
    known = tuple(fields)
    for element in page_fit.elements:
        lines += _lines(page_fit.template, element, known)
    return keep(lines, SOURCE, context)


def _lines(template: Template, element: HtmlElement, fields: tuple[HtmlElement, ...]) -> Iterator[TextBlock]:
    # Paths are asked before furniture is cut by its names, which changes what stands around a block.
    paths = Paths(template.inner, element)
    prune.unwrap_forms(element)
    refused = {each for each in fields if each is not element}
    shown = [(each, len(content(each)) + _LABEL) for each in refused]
    refused.update(holder for each, most in shown for holder in _wrappers(each, element, most))
    trusted: set[HtmlElement] = set()
    for owner in {block.owner for block in blocks(element) if block.owner is not None} - refused:
        path = paths.of(owner)
        if path in template.body:
            trusted.update((owner, *owner.iterancestors()))
        elif template.is_furniture(path):
            refused.add(owner)
    prune.cut(element, trusted)
    refused.update(inner for each in list(refused) for inner in each.iter("*"))
    for block in blocks(element):
        if block.owner not in refused:
            yield block


def _wrappers(field: HtmlElement, container: HtmlElement, most: int) -> Iterator[HtmlElement]:
    """The elements around a field that show hardly more than it: "القسم: …"."""
    for holder in islice(field.iterancestors(), 3):
        if holder is container or len(content(holder)) > most:
            return
        yield holder
