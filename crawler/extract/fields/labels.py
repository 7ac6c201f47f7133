"""Read the labels of an article: section, categories and tags, from badges, breadcrumb, metadata and links."""

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from crawler.extract.fields.sections import is_section
from crawler.extract.fields.vocabulary import vocabulary
from crawler.html import characters, jsonld
from crawler.html.css_names import NamePattern
from crawler.html.home_words import is_home_name
from crawler.html.page import Page
from crawler.html.spelling import comparable
from crawler.html.tree import content
from crawler.profile.menu import label_in
from crawler.profile.prefixes import without_prefix

_COMMAS = re.compile(r"(?:(?<!\s)\s+)?[,،;؛|]\s*")
_HASHES = re.compile(r"(?<!\s)\s+(?=#)")
BREADCRUMB = NamePattern("bread-?_?crumb|breadcumb|\\bcrumbs?\\b", "crumb", "breadcumb")
TAG_LISTS = NamePattern(
    r"\btags?\b|tags|tag-list|taglist|hashtag|keywords?\b|wosom|wsom", "tag", "keyword", "wosom", "wsom"
)
BADGES = (
    'a[rel~="category"], .cat-links a, .post-cat, .category-name a, [itemprop="articleSection"], [itemprop="genre"]'
)
_MARK = re.compile(r"(?:[»«>/\\|›‹←-]|::)+")
_OPEN = NamePattern(
    r" (?:nav-on|active|selected|current|current-menu-item|current-post-(?:parent|ancestor))[ -]",
    *(" nav-on", " active", " selected", " current"),
)
TAG_ADDRESS = re.compile(
    "/tags?/|/taxonomy/term/|[?&]tag=|/search/|[?&](?:s|q|search|keyword)=|/topics?/|/keywords?/"
    "|/وسم/|/وسوم/|/الوسوم/|%D9%88%D8%B3%D9%85",
    re.IGNORECASE,
)
_CATEGORIES = NamePattern(
    r" (?:(?:article|post|news|story|entry)[-_])?(?:section|category|cat)(?:[-_]?(?:name|title|link|label))? ",
    "section",
    "cat",
)
LONGEST = 60
MOST = 40


@dataclass(frozen=True, slots=True)
class Labels:
    """Names in the order shown. evidence: field to the source of its names."""

    section: str | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    evidence: dict[str, str]


def read_labels(page: Page, title: str | None) -> Labels:
    """Read section, categories and tags. title: the headline, which a breadcrumb may end with."""
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
    shown = _names(page, _filed(page), title)
    if shown:
        return shown, "badges of the theme"
    badges = _names(page, _texts([each for each in page.names.select(BADGES) if not page.is_elsewhere(each)]), title)
    said = _split(jsonld.strings(page.article.get("articleSection")))
    for source, texts in (
        ("json-ld articleSection", said),
        ("meta article:section", _split([value for _, value in page.meta("article:section", "articlesection")])),
    ):
        if names := _names(page, texts, title):
            # Metadata often name the first category only.
            return (badges, "badges") if set(names) < set(badges) else (names, source)
    if badges:
        return badges, "badges"
    crumbs = _crumbs(page, title)
    if crumbs:
        return crumbs[-1:], "breadcrumb"
    beside = _names(page, _texts(_beside(page)), title)
    if len(beside) == 1 and is_section(beside[0]):
        return beside, "category beside the headline"
    entry = _menu_entry(page, title)
    return entry, "open entry of the menu" if entry else None


def _filed(page: Page) -> list[str]:
    """The texts of the theme's category elements; of those at learned paths, the first menu entry that they name."""
    texts = _texts(page.matches("categories"))
    if not page.is_taught("categories"):
        return texts
    labels = page.labels.difference(page.prefixes.get("categories", ()))
    named = [label for text in texts if not is_home_name(text) and (label := label_in(text, labels))]
    return named[:1] or texts[:4]


def _beside(page: Page) -> list[HtmlElement]:
    """The elements beside the headline whose class names a section or category, or the links in them if any."""
    elements: list[HtmlElement] = []
    for element in page.names.named(_CATEGORIES)[:20]:
        holders = set(islice(element.iterancestors(), 3)) & page.around
        if any(holder.tag not in ("body", "html") for holder in holders) and not page.is_elsewhere(element):
            elements += list(islice(element.iter("a"), 5)) or [element]
    return elements


def _menu_entry(page: Page, title: str | None) -> list[str]:
    """The menu entry marked as open, if its URL's last segment is a folder of the page's URL; [] if there is none."""
    path = unquote(urlsplit(page.url).path).lower().strip("/").split("/")
    for element in page.names.named(_OPEN)[:20]:
        link = element if element.tag == "a" else element.find(".//a")
        if link is None or element.tag not in ("a", "li"):
            continue
        target = unquote(urlsplit(page.absolute(link.get("href") or "") or "").path).lower().strip("/").split("/")
        # "current-post-parent" is WordPress's word for the category of the post that is shown.
        agrees = (target[-1] and target[-1] in path[:-1]) or "current-post-" in (element.get("class") or "")
        names = _names(page, [content(link)], title) if agrees else []
        if names:
            return names
    return []


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
    # Few holders and few links of each, since they may be deeply nested in each other.
    links = [link for holder in page.names.named(BREADCRUMB)[:8] for link in islice(holder.iter("a"), 30)]
    return (
        _names(page, _texts(page.matches("breadcrumb")), title)[:4]
        or _names(page, jsonld.breadcrumb(page.nodes), title)[:4]
        or _names(page, _texts(links), title)[:4]
        or _names(page, _path(page), title)[:4]
    )


def _path(page: Page) -> list[str]:
    """A breadcrumb without a class: one element with a link to the home page, a separator and one to five links."""
    for link in islice(page.tree.iter("a"), 400):
        own = link.text
        if not own or len(own) > 30 or not is_home_name(own):
            continue
        holder = link.getparent()
        links = list(islice(holder.iter("a"), 7)) if holder is not None else []
        mark = (link.tail or "").strip() or _between(link)
        if 2 <= len(links) <= 6 and links[0] is link and _MARK.fullmatch(mark):
            return _texts(links[1:])
    return []


def _between(link: HtmlElement) -> str:
    """The beginning of the next element after a link; "" where that is a link."""
    following = link.getnext()
    return content(following)[:5] if following is not None and following.tag != "a" else ""


def _tags(page: Page, title: str | None, categories: list[str]) -> tuple[list[str], str | None]:
    sources = (
        ("tags of the theme", _taught_tags(page)),
        ("meta article:tag", _split([value for _, value in page.meta("article:tag")])),
        ("json-ld keywords", _split(jsonld.strings(page.article.get("keywords")))),
        ("tag links", _texts(_tag_links(page))),
        ("row of hashtags", _texts(_hashtags(page))),
        ("meta keywords", _split([value for _, value in page.meta("news_keywords", "keywords")])),
    )
    # Metadata keywords repeat the categories; shown tags may be categories on purpose.
    filed = {comparable(name) for name in categories}
    for source, texts in sources:
        refused = vocabulary("tags") | (filed if source.endswith("keywords") else set())
        names = [name for name in _names(page, texts, title) if comparable(name) not in refused]
        if source.endswith("keywords") and not _chosen(names, title):
            continue
        if names:
            return names, source
    return [], None


def _taught_tags(page: Page) -> list[str]:
    """The tags at the theme's or learned tag elements, without the section where it stands among them."""
    places = page.matches("categories")
    filed = {holder for each in places for holder in (*islice(each.iter(), 10), each.getparent())}
    tags = [each for each in page.matches("tags") if each not in filed or comparable(content(each)) not in page.labels]
    if page.is_taught("tags") and all(next(each.iter("a"), None) is None for each in tags):
        prefixes = page.prefixes.get("tags", ())
        return [name for text in _texts(tags) for name in listed(without_prefix(text, prefixes))]
    return _texts(tags)


def listed(text: str) -> list[str]:
    """The names in one line, divided at hashes or commas."""
    return (_HASHES if text.startswith("#") else _COMMAS).split(text)[:200]


def _chosen(names: list[str], title: str | None) -> bool:
    """Whether an editor chose these keywords: many systems print the headline's words, or one word for every page."""
    words = set(comparable(title or "").split())
    chopped = sum(1 for name in names if comparable(name) in words)
    phrases = sum(1 for name in names if " " in name)
    few = chopped * 2 < len(names) or (chopped * 2 == len(names) and chopped * 4 <= len(words))
    return bool(names) and few and (phrases > 0 or chopped > 0)


def _tag_links(page: Page) -> list[HtmlElement]:
    """Links declared as tags, else links to tag pages in lists that are named as tags."""
    said = [link for link in page.names.select('a[rel~="tag"]') if not _is_category(link)]
    listed = [link for holder in page.names.named(TAG_LISTS)[:50] for link in islice(holder.iter("a"), 200)]
    listed = [a for a in dict.fromkeys(listed) if TAG_ADDRESS.search(unquote(a.get("href") or "")[:300].lower())]
    # Some sites use a tag as the section; at the learned category path it is no tag.
    filed = {inner for each in page.field_elements.get("categories", ()) for inner in islice(each.iter(), 10)}
    return [_worded(link) for link in (said or listed)[:200] if link not in filed and not page.is_elsewhere(link)]


def _hashtags(page: Page) -> list[HtmlElement]:
    """The links of the first element beside the headline that holds only hashtags; [] where a tag path was learned."""
    if page.is_placed("tags"):
        return []
    hashed = (link for link in page.tree.iter("a") if (link.text or "").lstrip().startswith("#"))
    for holder in dict.fromkeys(link.getparent() for link in hashed):
        if holder is None or page.around.isdisjoint(_within_page(holder)) or page.is_elsewhere(holder):
            continue
        links = list(islice(holder.iter("a"), MOST))
        if content(holder).replace(" ", "") == "".join(map(content, links)).replace(" ", ""):
            return links
    return []


def _within_page(element: HtmlElement) -> list[HtmlElement]:
    """The four nearest ancestors of an element, without body and html."""
    return [holder for holder in islice(element.iterancestors(), 4) if holder.tag not in ("body", "html")]


def _is_category(link: HtmlElement) -> bool:
    """Whether a link declared as a tag is a category: WordPress's blocks write rel="tag" for every taxonomy."""
    holder = link.getparent()
    around = f"{link.get('rel') or ''} {holder.get('class') or '' if holder is not None else ''}"
    return re.search(r"(?:^|[\s_-])(?:category|categories|cat-links)(?:$|[\s_-])", around) is not None


def _worded(link: HtmlElement) -> HtmlElement:
    """The link, or its parent where the link is empty and the only child."""
    holder = link.getparent()
    return holder if holder is not None and not content(link) and len(holder) == 1 else link


def _texts(elements: list[HtmlElement]) -> list[str]:
    return [content(element) or characters.line(element.get("content") or "") for element in elements[:200]]


def _split(values: list[str]) -> list[str]:
    return [name for value in values[:200] for name in _COMMAS.split(value)[:200]]


def _names(page: Page, texts: list[str], title: str | None) -> list[str]:
    """Clean names, each once, in order, without the home page, the site's name, the headline and URLs."""
    heading = comparable(title or "")
    by_spelling: dict[str, str] = {}
    for text in texts:
        bare = text.strip(" #/»«›‹>:،,-–|").strip()
        if text.lstrip().startswith("#"):  # a hashtag has underscores for spaces
            bare = bare.replace("_", " ")
        same = comparable(bare)
        if not same or len(bare) > LONGEST or same in page.site_names or same == heading:
            continue
        if same in vocabulary("unfiled") or is_home_name(bare):
            continue
        if "://" not in bare:
            by_spelling.setdefault(same, bare)
    names = list(by_spelling.values())[:MOST]
    # Some systems print the headline's words beside the category.
    words = heading.split()
    chopped = [name for name in names if comparable(name) in words]
    return [name for name in names if name not in chopped] if len(chopped) > 2 and len(chopped) < len(names) else names
