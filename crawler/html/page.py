"""A parsed page: its tree, meta elements, JSON-LD, class names, and the selectors that apply to it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from html import unescape
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler import themes
from crawler.html import characters, furniture, jsonld
from crawler.html.css_names import Names, read_names
from crawler.html.site_name import name_in_title
from crawler.html.spelling import comparable
from crawler.html.tree import names_of
from crawler.site import Selectors, Site, bare_host

_META_ATTRIBUTES = characters.words("property name itemprop http-equiv content value charset id class lang dir scheme")
_LEAST_STRAY = 2  # attributes of an ordinary meta element
_META = re.compile(
    r"<meta\b(?>[^<>]{0,500}?\bcontent\s*=\s*)(?P<quote>[\"'])(?P<content>[^<]{0,3000}?)(?P=quote)"
    r"(?=\s*/?>|\s+(?:property|name|itemprop|http-equiv|id|class|lang|data-[\w-]+)\s*=)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Page:
    """The parsed page that the extraction of all fields shares. url: of the response. theme: a preset's name, or None.

    relative_dates: whether the time of the fetch is known, so that "three hours ago" is a date.
    html: the decoded page; a word is found faster in it than in the tree.
    around: the ancestors of the headline. None of them is a box of another article, whatever its name.
    field_elements: field to the elements that show it, by the site's template. furniture: keys of lines that the site
    repeats from page to page. labels: comparable entries of its menu. prefixes, several: as in `Template`.
    placed: fields whose place on the site's pages is known. other_bylines: elements that name writers of other
    articles. accounts: comparable names that the site prints if an article has no writer.
    """

    tree: HtmlElement
    url: str
    site: Site
    theme: str | None
    selectors: Selectors
    metas: dict[str, list[str]]  # name, property or itemprop, lower-case, to mended contents in order
    nodes: list[jsonld.Node]
    article: jsonld.Node
    site_names: frozenset[str]  # comparable
    names: Names
    html: str
    relative_dates: bool = True
    around: frozenset[HtmlElement] = frozenset()
    field_elements: Mapping[str, list[HtmlElement]] = field(default_factory=dict)
    furniture: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    prefixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    placed: frozenset[str] = frozenset()
    other_bylines: frozenset[HtmlElement] = frozenset()
    accounts: frozenset[str] = frozenset()

    def meta(self, *names: str) -> Iterator[tuple[str, str]]:
        """(source, content) of the meta elements of these names, in the order of the names."""
        for wanted in names:
            for content in self.metas.get(wanted, ()):
                yield f"meta {wanted}", content

    def shown(self, selector: str) -> list[HtmlElement]:
        """Elements that match a CSS selector list, outside the page's head."""
        return [element for element in self.names.select(selector) if element.tag != "meta"]

    def matches(self, name: str) -> list[HtmlElement]:
        """Elements of a field by the selector of the site or its theme; if none matches, by the learned template."""
        declared = self.names.select(getattr(self.selectors, name))
        return declared or self.field_elements.get(name, [])

    def is_taught(self, name: str) -> bool:
        """Whether `matches` returns elements of the learned template."""
        return name in self.field_elements and not self.names.select(getattr(self.selectors, name))

    def is_placed(self, name: str) -> bool:
        """Whether the field's place on the site's pages was learned, so that a page without it has none elsewhere."""
        return name in self.placed

    def is_elsewhere(self, element: HtmlElement) -> bool:
        """Whether the element is in a menu, a sidebar, the comments or another article's card."""
        for holder in (element, *element.iterancestors()):
            if holder in self.around:
                return False
            if holder.tag in ("nav", "aside"):
                return True
            if holder.tag == "footer":
                return furniture.is_page_footer(holder)
            if furniture.is_of_another(names_of(holder).lower()):
                return holder.tag not in ("html", "body")
        return False

    def absolute(self, url: str) -> str | None:
        """The absolute http(s) URL; None for any other address."""
        try:
            full = urljoin(self.url, url.strip())
            parts = urlsplit(full)
        except ValueError:
            return None
        return full if url.strip() and parts.scheme in ("http", "https") and parts.hostname else None


def open_page(tree: HtmlElement, html: str, url: str, site: Site, *, relative_dates: bool = True) -> Page:
    """Parse the sources of all fields, in one pass over each."""
    theme = themes.theme_named(site.theme) if site.theme else themes.recognise(html)
    metas = _metas(tree, html)
    nodes = jsonld.read_nodes(tree)
    known = _site_names(site, url, metas, nodes)
    return Page(
        tree=tree,
        url=url,
        site=site,
        theme=theme.name if theme else None,
        selectors=_merge(theme.selectors if theme else Selectors(), site.selectors),
        metas=metas,
        nodes=nodes,
        article=jsonld.article(nodes),
        site_names=known | name_in_title(tree, html, url, known),
        names=read_names(tree),
        html=html,
        relative_dates=relative_dates,
    )


@lru_cache(maxsize=256)
def _merge(theme: Selectors, own: Selectors) -> Selectors:
    """For each field, the site's selector if it has one, else the theme's."""
    return Selectors(**{each.name: getattr(own, each.name) or getattr(theme, each.name) for each in fields(Selectors)})


def _metas(tree: HtmlElement, html: str) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    written: list[str] | None = None
    for element in tree.iter("meta"):
        content = characters.name(element.get("content") or element.get("value"))
        if len(element.attrib) > _LEAST_STRAY and not _META_ATTRIBUTES.issuperset(map(str, element.attrib)):
            written = _written_contents(html) if written is None else written
            content = next((each for each in written if each.startswith(content or "")), content)
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for key in (element.get(attribute) or "").lower().split():
                metas.setdefault(key, []).append(content)
    return metas


def _written_contents(html: str) -> list[str]:
    """The contents of meta elements as written, up to the quote before the element's end or the next attribute.

    A parser would end them at the first quote: content="قال "نعم" ومضى".
    """
    return [text for match in _META.finditer(html) if (text := characters.name(unescape(match["content"])))]


def _site_names(site: Site, url: str, metas: dict[str, list[str]], nodes: list[jsonld.Node]) -> frozenset[str]:
    host = bare_host(url)
    names = [site.name, site.title, site.host, host, host.split(".")[0]]
    for key in ("og:site_name", "application-name", "apple-mobile-web-app-title"):
        names += metas.get(key, [])
    for node in jsonld.of_type(nodes, "website", "organization", "newsmediaorganization"):
        names += [jsonld.string(node.get("name")), jsonld.string(node.get("alternateName"))]
    names += [jsonld.string(node.get("publisher")) for node in nodes[:50]]
    return frozenset(same for each in names if each and (same := comparable(each)))
