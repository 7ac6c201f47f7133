"""A page seen with its site's profile: shared metadata values are left out, the elements of its fields are found."""

from dataclasses import replace
from typing import Any

from lxml.html import HtmlElement

from crawler.extract.body.profiled import Fit, fit
from crawler.html import jsonld
from crawler.html.page import Page
from crawler.html.spelling import comparable
from crawler.profile.site_profile import SiteProfile

# Elements at a place that are looked at; only tags have several.
_MOST = {"tags": 40, "categories": 4, "authors": 4}


def know(page: Page, profile: SiteProfile) -> tuple[Page, Fit | None]:
    """The page without what tells nothing of its article, and its template; None where it is of no known one."""
    if not profile:
        return page, None
    page_fit = fit(page.tree, profile)
    field_elements: dict[str, list[HtmlElement]] = {}
    if page_fit is not None:
        for name, paths in page_fit.template.field_paths.items():
            elements = [each for path in paths for each in page_fit.template.showing(page.tree, path, page_fit.paths)]
            if elements:
                field_elements[name] = elements[: _MOST.get(name, 1)]
    known = replace(
        page,
        metas=_without(page.metas, "meta", profile),
        article=_article_without(page.article, profile),
        site_names=page.site_names | profile.names,
        furniture=profile.furniture,
        field_elements=field_elements,
    )
    return known, page_fit


def _without(metas: dict[str, list[str]], prefix: str, profile: SiteProfile) -> dict[str, list[str]]:
    if not profile.values:
        return metas
    return {
        name: [value for value in values if (f"{prefix} {name}", comparable(value)) not in profile.values]
        for name, values in metas.items()
    }


def _article_without(article: jsonld.Node, profile: SiteProfile) -> jsonld.Node:
    kept: dict[str, Any] = {}
    for key, value in article.items():
        shared = [(f"json-ld {key}", comparable(text)) in profile.values for text in jsonld.strings(value)]
        if not any(shared):
            kept[key] = value
        elif not all(shared):
            kept[key] = [text for text, is_shared in zip(jsonld.strings(value), shared, strict=True) if not is_shared]
    return kept
