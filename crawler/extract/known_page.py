"""A page seen with its site's profile: shared metadata values are left out, the elements of its fields are found."""

from dataclasses import replace
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from crawler.extract.body.profiled import Fit, fit
from crawler.html import jsonld, prune
from crawler.html.page import Page
from crawler.html.spelling import comparable
from crawler.profile.site_profile import ANY, SiteProfile

# Elements at the paths of a field that are looked at; a byline's parts may bear one name.
_MOST = {"tags": 40, "categories": 4, "authors": 4, "date": 4}


def know(page: Page, profile: SiteProfile) -> tuple[Page, Fit | None]:
    """The page without what tells nothing of its article, and its template; None where it is of no known one."""
    if not profile:
        return page, None
    prune.unwrap_forms(page.tree)  # as the learner does, so that the paths are the same
    page_fit = fit(page.tree, profile)
    field_elements: dict[str, list[HtmlElement]] = {}
    if page_fit is not None:
        for name, paths in page_fit.template.field_paths.items():
            elements = [each for path in paths for each in page_fit.template.showing(page.tree, path, page_fit.paths)]
            if elements:
                field_elements[name] = _beside_first(elements)[: _MOST.get(name, 1)]
    known = replace(
        page,
        metas=_without(page.metas, "meta", profile),
        article=_article_without(page.article, profile),
        site_names=page.site_names | profile.names,
        furniture=profile.furniture,
        labels=profile.labels,
        field_elements=field_elements,
    )
    return known, page_fit


def _beside_first(elements: list[HtmlElement]) -> list[HtmlElement]:
    """The first element and those in the element around it: a further article of the page has a byline, too."""
    holder = elements[0].getparent()
    outer = holder.getparent() if holder is not None else None
    holders = {each for each in (holder, outer) if each is not None}
    return [each for each in elements if not holders.isdisjoint(islice(each.iterancestors(), 2))]


def _without(metas: dict[str, list[str]], prefix: str, profile: SiteProfile) -> dict[str, list[str]]:
    if not profile.values:
        return metas
    return {
        name: [value for value in values if not _tells_nothing(f"{prefix} {name}", value, profile)]
        for name, values in metas.items()
    }


def _tells_nothing(source: str, value: str, profile: SiteProfile) -> bool:
    return (source, comparable(value)) in profile.values or (source, ANY) in profile.values


def _article_without(article: jsonld.Node, profile: SiteProfile) -> jsonld.Node:
    kept: dict[str, Any] = {}
    for key, value in article.items():
        shared = [_tells_nothing(f"json-ld {key}", text, profile) for text in jsonld.strings(value)]
        if not any(shared):
            kept[key] = value
        elif not all(shared):
            kept[key] = [text for text, is_shared in zip(jsonld.strings(value), shared, strict=True) if not is_shared]
    return kept
