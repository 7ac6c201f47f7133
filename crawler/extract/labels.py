"""What an article is filed under: section, categories and tags, as its badges, breadcrumb and metadata give them."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.extract import jsonld
from crawler.extract import text as cleaning
from crawler.extract.html import content, select
from crawler.extract.page import Page
from crawler.extract.vocabulary import vocabulary

_COMMAS = re.compile(r"\s*[,،;؛|]\s*")
BREADCRUMB = re.compile("bread-?_?crumb|breadcumb")
TAG_LISTS = re.compile(r"\btags?\b|tags|tag-list|taglist|hashtag|keywords|wosom|wsom")
BADGES = 'a[rel~="category"], .cat-links a, .post-cat, [itemprop="articleSection"]'
_TAG_ADDRESS = re.compile("/tags?/|[?&]tag=|/topics?/|/keywords?/|/وسم/|/وسوم/|/الوسوم/")
_OTHER_PLACE = re.compile(r"related|sidebar|widget|footer|menu|cloud\b|trending|most-|latest")
LONGEST = 60
MOST = 40


@dataclass(frozen=True, slots=True)
class Labels:
    """Names in the order shown. evidence: field to where its names were found."""

    section: str | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    evidence: dict[str, str]


def read_labels(page: Page, title: str | None) -> Labels:
    """Section, categories, tags. title: the headline, which a breadcrumb may end with."""
    categories, categories_source = _categories(page, title)
    section, section_source = _section(page, title, categories, categories_source)
    if not categories and section:
        categories, categories_source = [section], section_source
    tags, tags_source = _tags(page, title, categories)
    sources = {"section": section_source, "categories": categories_source, "tags": tags_source}
    return Labels(
        section=section,
        categories=tuple(categories),
        tags=tuple(tags),
        evidence={name: source for name, source in sources.items() if source and (name != "tags" or tags)},
    )


def _categories(page: Page, title: str | None) -> tuple[list[str], str | None]:
    shown = _names(page, _texts(page.matches("categories")), title)
    if shown:
        return shown, "badges of the theme"
    said = _split(jsonld.strings(page.article.get("articleSection")))
    if names := _names(page, said, title):
        return names, "json-ld articleSection"
    said = _split([value for _, value in page.meta("article:section", "articlesection")])
    if names := _names(page, said, title):
        return names, "meta article:section"
    if names := _names(page, _texts(_single(page, BADGES)), title):
        return names, "badges"
    crumbs = _crumbs(page, title)
    return crumbs[-1:], "breadcrumb" if crumbs else None


def _section(page: Page, title: str | None, categories: list[str], source: str | None) -> tuple[str | None, str | None]:
    if source == "badges of the theme" and categories:
        return categories[0], source
    for where, value in page.meta("article:section"):
        if names := _names(page, _split([value]), title):
            return names[0], where
    if categories:
        return categories[0], source
    crumbs = _crumbs(page, title)
    return (crumbs[0], "breadcrumb") if crumbs else (None, None)


def _crumbs(page: Page, title: str | None) -> list[str]:
    links = [link for holder in page.called(BREADCRUMB) for link in holder.iter("a")]
    for texts in (_texts(page.matches("breadcrumb")), jsonld.breadcrumb(page.nodes), _texts(links)):
        if names := _names(page, texts, title):
            return names[:4]
    return []


def _tags(page: Page, title: str | None, categories: list[str]) -> tuple[list[str], str | None]:
    sources = (
        ("tags of the theme", _texts(page.matches("tags"))),
        ("meta article:tag", _split([value for _, value in page.meta("article:tag")])),
        ("json-ld keywords", _split(jsonld.strings(page.article.get("keywords")))),
        ("tag links", _texts(_tag_links(page))),
        ("meta keywords", _split([value for _, value in page.meta("news_keywords", "keywords")])),
    )
    filed = {cleaning.comparable(name) for name in categories}
    for source, texts in sources:
        names = [
            name for name in _names(page, texts, title) if cleaning.comparable(name) not in filed | vocabulary("tags")
        ]
        if source.endswith("keywords") and not _chosen(names, title):
            continue
        if names:
            return names, source
    return [], None


def _chosen(names: list[str], title: str | None) -> bool:
    """Whether an editor chose these keywords; many systems chop the headline up, or print the same for every page."""
    words = set(cleaning.comparable(title or "").split())
    chopped = sum(1 for name in names if cleaning.comparable(name) in words)
    phrases = sum(1 for name in names if " " in name)
    return bool(names) and chopped * 2 < len(names) and (phrases > 0 or chopped > 0)


def _tag_links(page: Page) -> list[HtmlElement]:
    """Links that are said to be tags, or stand in a list called so and lead to a tag's page."""
    said = [link for link in select(page.tree, 'a[rel~="tag"]') if "category" not in (link.get("rel") or "")]
    listed = [link for holder in page.called(TAG_LISTS)[:50] for link in holder.iter("a") if _leads_to_tag(link)]
    return [link for link in (said or listed)[:200] if not elsewhere(link)]


def _leads_to_tag(link: HtmlElement) -> bool:
    return bool(_TAG_ADDRESS.search(unquote(link.get("href") or "")[:300].lower()))


def _single(page: Page, selector: str) -> list[HtmlElement]:
    """Matches of this article only: none that stand in a menu, a sidebar, or a card of another article."""
    return [element for element in select(page.tree, selector) if not elsewhere(element)]


def elsewhere(element: HtmlElement) -> bool:
    """Whether it stands in a menu, a sidebar, or among other articles."""
    for holder in element.iterancestors():
        if holder.tag in ("nav", "aside", "footer"):
            return True
        names = f"{holder.get('class') or ''} {holder.get('id') or ''}".lower()
        if _OTHER_PLACE.search(names):
            return True
    return False


def _texts(elements: list[HtmlElement]) -> list[str]:
    return [content(element) or cleaning.line(element.get("content") or "") for element in elements[:200]]


def _split(values: list[str]) -> list[str]:
    return [name for value in values[:200] for name in _COMMAS.split(value)[:200]]


def _names(page: Page, texts: list[str], title: str | None) -> list[str]:
    """Clean names, each once, in order; no home page, site name, headline or address."""
    heading = cleaning.comparable(title or "")
    found: dict[str, str] = {}
    for text in texts:
        bare = text.strip(" #/»«›‹>:،,-–|").strip()
        same = cleaning.comparable(bare)
        if not same or len(bare) > LONGEST or same in vocabulary("home") or same in page.site_names or same == heading:
            continue
        if "://" not in bare:
            found.setdefault(same, bare)
    names = list(found.values())[:MOST]
    # Some systems print the words of the headline beside the category.
    words = heading.split()
    chopped = [name for name in names if cleaning.comparable(name) in words]
    return [name for name in names if name not in chopped] if len(chopped) > 2 and len(chopped) < len(names) else names
