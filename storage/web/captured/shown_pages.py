"""Rewriting of a captured page so that its pictures and style sheets load from the archive. Pure.

Safety does not depend on this module: the page has a separate origin, runs no scripts, and may load nothing from
elsewhere (storage.web.captured.captured_app). Elements that this policy would block are removed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

_DROPPED = frozenset(("script", "iframe", "frame", "object", "embed", "applet", "base", "audio", "video", "source"))
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-src", "src")
_TAKEN_OUT = frozenset(("srcset", "sizes", "ping", "poster", "background", "integrity", "crossorigin", "loading"))
_CSS_URL = re.compile(
    r"""url\(\s*+(?:"([^"]*)"|'([^']*)'|([^"'()\s]*+))\s*+\)|@import\s++(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class PageResources:
    """Absolute URLs, each once. pictures: the candidates of each picture. in_css: URLs that the page's CSS names."""

    pictures: tuple[tuple[str, ...], ...]
    styles: tuple[str, ...]
    in_css: tuple[str, ...] = ()

    @property
    def urls(self) -> list[str]:
        """All of them."""
        return list(dict.fromkeys([*(url for each in self.pictures for url in each), *self.styles, *self.in_css]))

    def lost_parts(self, captured: Mapping[str, int]) -> tuple[int, int]:
        """The number of pictures and the number of style sheets that were not captured. captured: by URL."""
        pictures = sum(not any(url in captured for url in each) for each in self.pictures)
        return pictures, sum(url not in captured for url in self.styles)


def page_resources(body: bytes, url: str, charset: str | None) -> PageResources:
    """The resources that a page loads. url: of the page. charset: as the server stated it."""
    root = _parsed(body, charset)
    if root is None:
        return PageResources((), ())
    base = _base(root, url)
    pictures = dict.fromkeys(each for element in root.iter("img") if (each := _candidates(element, base)))
    styles = dict.fromkeys(style for element in root.iter("link") if (style := _style(element, base)))
    in_css = dict.fromkeys(url for text in _css_of(root) for url in style_resources(text, base))
    return PageResources(tuple(pictures), tuple(styles), tuple(in_css))


def shown_page(body: bytes, url: str, charset: str | None, captured: Mapping[str, int], lost: str) -> bytes:
    """The rewritten page in UTF-8. captured: capture ids by URL. lost: text shown for a picture without a capture."""
    root = _parsed(body, charset)
    if root is None:
        return body
    base = _base(root, url)
    _take_out(root)
    for element in list(root.iter("link")):
        style = _style(element, base)
        if style is None or style not in captured:
            element.drop_tree()
        else:
            _replace(element, rel="stylesheet", href=f"r/{captured[style]}", media=element.get("media"))
    for element in root.iter("img"):
        captured_url = next((each for each in _candidates(element, base) if each in captured), None)
        for name in _LAZY:
            element.attrib.pop(name, None)
        if captured_url is not None:
            element.set("src", f"r/{captured[captured_url]}")
        else:
            element.set("alt", f"[{lost}] {element.get('alt') or ''}".strip())
    for element in root.iter():
        if element.get("style"):
            element.set("style", shown_style(element.get("style"), base, captured, folder="r/"))
        if element.tag == "style" and element.text:
            element.text = shown_style(element.text, base, captured, folder="r/")
    head = root.find("head")
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    head.insert(0, etree.Element("base", target="_blank"))  # links would open a window, which the frame's policy blocks
    head.insert(0, etree.Element("meta", charset="utf-8"))
    written: bytes = html.tostring(root, encoding="utf-8", doctype="<!doctype html>")
    return written


def _take_out(root: html.HtmlElement) -> None:
    """Remove elements that the policy of captured pages would block, and declarations of another encoding."""
    for element in list(root.iter()):
        stated = element.tag == "meta" and (element.get("http-equiv") or element.get("charset"))
        if (element.tag in _DROPPED or stated) and element.getparent() is not None:
            element.drop_tree()
    for element in root.iter():
        for name in list(element.attrib):
            if name in _TAKEN_OUT or name.startswith("on"):
                del element.attrib[name]


def shown_style(text: str, url: str, captured: Mapping[str, int], *, folder: str = "") -> str:
    """The CSS with its URLs replaced by those of captures; others are removed. folder: prefix of their paths."""

    def replaced(matched: re.Match[str]) -> str:
        wanted = next((each for each in matched.groups() if each is not None), "")
        number = captured.get(_absolute(wanted, url) or "")
        is_import = matched[0].lower().startswith("@import")
        if number is None:
            return "@import none" if is_import else "none"  # not a valid rule, so browsers skip it
        return f'@import "{folder}{number}"' if is_import else f'url("{folder}{number}")'

    return _CSS_URL.sub(replaced, text)


def style_resources(text: str, url: str) -> list[str]:
    """The absolute URLs that a style sheet names."""
    named = (next((each for each in matched.groups() if each is not None), "") for matched in _CSS_URL.finditer(text))
    return list(dict.fromkeys(absolute for each in named if (absolute := _absolute(each, url))))


def decoded(body: bytes, charset: str | None) -> str:
    """The body as text: UTF-8 if valid, else the encoding that the server or the page states, else windows-1256."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    stated = _CHARSET.search(body[:4096])
    for name in (charset, stated[1].decode("ascii", "replace") if stated else None, "windows-1256"):
        try:
            return body.decode(name or "utf-8", "replace" if name else "strict")
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("utf-8", "replace")


def _parsed(body: bytes, charset: str | None) -> html.HtmlElement | None:
    """The parsed tree; None if the page has none, for example an empty page."""
    text = _NO_XML.sub("", decoded(body, charset))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root if root.tag == "html" else None


def _css_of(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter():
        yield from (text for text in (element.get("style"), element.text if element.tag == "style" else None) if text)


def _base(root: html.HtmlElement, url: str) -> str:
    stated = next((each.get("href") for each in root.iter("base") if each.get("href")), None)
    return _absolute(stated, url) or url if stated else url


def _candidates(element: html.HtmlElement, base: str) -> tuple[str, ...]:
    named: Iterator[str] = (element.get(name) for name in _LAZY if element.get(name))
    return tuple(dict.fromkeys(url for each in named if (url := _absolute(each, base))))


def _style(element: html.HtmlElement, base: str) -> str | None:
    relations = (element.get("rel") or "").lower().split()
    if "stylesheet" not in relations or "alternate" in relations:
        return None
    return _absolute(element.get("href") or "", base)


def _absolute(wanted: str, base: str) -> str | None:
    """The absolute URL without its fragment; None if it is no http(s) URL."""
    try:
        joined = urljoin(base, wanted.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    return parts._replace(fragment="").geturl() if parts.scheme in ("http", "https") and parts.hostname else None


def _replace(element: html.HtmlElement, **attributes: str | None) -> None:
    element.attrib.clear()
    for name, value in attributes.items():
        if value is not None:
            element.set(name, value)
