"""XML elements of untrusted documents, parsed one at a time, without entities. Nothing here raises."""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree


def elements(body: bytes, names: frozenset[str], *, most: int) -> Iterator[tuple[str, etree._Element]]:
    """Yield the elements with these local names, at most `most`, as (name, element). Never raises.

    The first pair is ("", root); the root then holds what stands before the first of the elements. Each element is
    complete when it is yielded and is cleared afterwards. A broken document yields what stands before the break, and
    after it what the parser can repair. No entity is expanded, no DTD is loaded and the network is not used; a
    document that declares entities is hostile and yields nothing.
    """
    if _declares_entities(body):
        return
    events = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
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


def _declares_entities(body: bytes) -> bool:
    # In UTF-16 every second byte is zero.
    head = body[:65536].replace(b"\0", b"").upper()
    return b"<!ENTITY" in head or (b"<!DOCTYPE" in head and b"<!ENTITY" in body.replace(b"\0", b"").upper())


def local_name(element: etree._Element) -> str:
    """An element's name in lower case, without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def child_text(element: etree._Element, *names: str) -> str | None:
    """Text of the first non-empty child with one of these local names, earlier names first; None without one."""
    texts: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        text = (child.text or "").strip()
        if name in names and text:
            texts.setdefault(name, text)
    return next((texts[name] for name in names if name in texts), None)
