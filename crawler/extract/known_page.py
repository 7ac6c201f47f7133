"""Apply a site's profile to a page: leave out metadata values that pages share, find the elements of the fields."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml.html import HtmlElement

from crawler.extract.body.profiled import Fit, fit
from crawler.html import jsonld
from crawler.html.page import Page
from crawler.html.spelling import comparable
from crawler.profile.site_profile import ANY, WRITER, SiteProfile
from crawler.profile.template import beside_first

# Fields that stand before the text's end, unless the template has them in `below`.
_OF_HEAD = frozenset({"headline", "date", "authors", "categories", "subtitle"})
# Most elements of a field; 1 for other fields. The parts of a byline may have one path.
_MOST = {"tags": 40, "categories": 12, "authors": 4, "date": 4}


def know(page: Page, profile: SiteProfile) -> tuple[Page, Fit | None]:
    """Return the page without shared metadata values and with its field elements, and its template or None."""
    if not profile:
        return page, None
    page_fit = fit(page.tree, profile)
    field_elements: dict[str, list[HtmlElement]] = {}
    if page_fit is not None:
        for name, paths in page_fit.template.field_paths.items():
            elements = [each for path in paths for each in page_fit.template.showing(page.tree, path, page_fit.paths)]
            if name in _OF_HEAD and name not in page_fit.template.below:
                elements = _before_end(elements, page_fit)
            if elements:
                field_elements[name] = beside_first(elements)[: _MOST.get(name, 1)]
    known = replace(
        page,
        metas=_without(page.metas, "meta", profile),
        nodes=[_node_without(node, profile) for node in page.nodes] if profile.values else page.nodes,
        article=_article_without(page.article, profile),
        site_names=page.site_names | profile.names,
        accounts=frozenset(name for source, name in profile.values if source == WRITER),
        furniture=profile.furniture,
        labels=profile.labels,
        field_elements=field_elements,
        prefixes=page_fit.template.prefixes if page_fit else {},
        placed=frozenset(page_fit.template.field_paths) if page_fit else frozenset(),
        several=page_fit.template.several if page_fit else frozenset(),
        other_bylines=frozenset(_other_bylines(page.tree, page_fit)) if page_fit else frozenset(),
    )
    return known, page_fit


def _other_bylines(tree: HtmlElement, page_fit: Fit) -> Iterator[HtmlElement]:
    for path in page_fit.template.other_bylines:
        yield from page_fit.template.showing(tree, path, page_fit.paths)


def _before_end(elements: list[HtmlElement], page_fit: Fit) -> list[HtmlElement]:
    """The elements that do not stand after the text, where they would be a further article's."""
    last = page_fit.elements[-1]
    around = {last, *last.iterancestors()}
    kept = []
    for element in elements:
        # `branch` and `own` become the children of the common ancestor that hold the element and the text.
        branch, holder = element, element.getparent()
        while holder is not None and holder not in around:
            branch, holder = holder, holder.getparent()
        own = last
        while holder is not None and own is not holder and own.getparent() is not holder:
            own = own.getparent()
        if branch in around or holder is None or own is holder or holder.index(branch) <= holder.index(own):
            kept.append(element)
    return kept


def _without(metas: dict[str, list[str]], prefix: str, profile: SiteProfile) -> dict[str, list[str]]:
    if not profile.values:
        return metas
    return {
        name: [value for value in values if not _tells_nothing(f"{prefix} {name}", value, profile)]
        for name, values in metas.items()
    }


def _tells_nothing(source: str, value: str, profile: SiteProfile) -> bool:
    return (source, comparable(value)) in profile.values or (source, ANY) in profile.values


def _node_without(node: jsonld.Node, profile: SiteProfile) -> jsonld.Node:
    """The JSON-LD node without the page's dates, where a date of it is a shared value."""
    if not any(_tells_nothing("json-ld page", text, profile) for text in jsonld.page_dates([node])):
        return node
    return {key: value for key, value in node.items() if key not in ("datePublished", "uploadDate")}


def _article_without(article: jsonld.Node, profile: SiteProfile) -> jsonld.Node:
    kept: dict[str, Any] = {}
    for key, value in article.items():
        shared = [_tells_nothing(f"json-ld {key}", text, profile) for text in jsonld.strings(value)]
        if not any(shared):
            kept[key] = value
        elif not all(shared):
            kept[key] = [text for text, is_shared in zip(jsonld.strings(value), shared, strict=True) if not is_shared]
    return kept
