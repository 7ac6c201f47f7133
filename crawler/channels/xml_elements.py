"""Parser of untrusted XML lists, one element at a time, without entities. Nothing here raises."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from crawler.channels.markup_repair import repair

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ENTITY = re.compile("<!ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile("<!DOCTYPE", re.IGNORECASE)
_HEAD = 65_536


def elements(text: str, names: frozenset[str], *, most: int) -> Iterator[tuple[str, etree._Element]]:
    """Yield the elements with these local names, at most `most`, as (name, element). Never raises.

    The first pair is ("", root); the root then holds the elements before the first one. Each element is complete when
    it is yielded, and is cleared afterwards. Text that is not well-formed is repaired first
    (crawler.channels.markup_repair). No entity is expanded, no DTD is loaded and the network is not used; a document
    that declares entities is hostile and yields nothing.
    """
    if _declares_entities(text):
        return
    source = text.encode("utf-8", "replace")
    if not _is_well_formed(source):
        repaired = repair(text, names)
        if repaired is None:
            return
        source = repaired.encode("utf-8", "replace")
    yield from _parsed(source, names, most)


def _is_well_formed(source: bytes) -> bool:
    """Whether a strict parser reads it to the end, apart from prefixes. It builds no tree: 100 MB take a second."""
    target: Any = _NoTree()  # it has no handler of elements, so the parser makes none
    parser = etree.XMLParser(
        target=target, encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


class _NoTree:
    """A parser target that discards everything."""

    def close(self) -> None:
        """Called at the end."""


def _parsed(source: bytes, names: frozenset[str], most: int) -> Iterator[tuple[str, etree._Element]]:
    events = etree.iterparse(
        BytesIO(source),
        events=("end",),
        tag=[f"{{*}}{form}" for name in names for form in (name, name.upper(), name.capitalize())],
        encoding="utf-8",  # of `source`; its XML declaration may still name the original encoding
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    count = 0
    try:
        for _event, element in events:
            if count == 0:
                yield "", element.getroottree().getroot()
            yield local_name(element), element
            count += 1
            if count >= most:
                return
            _clear(element)
    except etree.XMLSyntaxError:
        pass
    root = getattr(events, "root", None)
    if count == 0 and root is not None:
        yield "", root


def _clear(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _declares_entities(text: str) -> bool:
    if _ENTITY.search(text, 0, _HEAD):
        return True
    return _DOCTYPE.search(text, 0, _HEAD) is not None and _ENTITY.search(text) is not None


def local_name(element: etree._Element) -> str:
    """An element's name in lower case, without its prefix; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute, its name in any case; None without one. name: in lower case."""
    return next((str(value) for key, value in element.items() if str(key).lower() == name), None)


def child_text(element: etree._Element, *names: str) -> str | None:
    """Text of the first non-empty child with one of these local names, earlier names first; None without one."""
    texts: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        text = (child.text or "").strip()
        if name in names and text:
            texts.setdefault(name, text)
    return next((texts[name] for name in names if name in texts), None)


def base_url(element: etree._Element, url: str) -> str:
    """The base of relative URLs within an element (XML Base). url: of the document."""
    bases = [base for holder in (element, *element.iterancestors()) if (base := holder.get(_BASE))]
    for base in reversed(bases):
        try:
            url = urljoin(url, base.strip())
        except ValueError:
            continue
    return url
