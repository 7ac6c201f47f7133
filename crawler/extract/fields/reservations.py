"""What a page asks of those who keep or use it: not to index, not to archive, not to mine, not to train on it.

Read from the page's robots meta elements and from its headers, and recorded with the article under these names:

noindex, noarchive    robots meta and X-Robots-Tag, as search engines read them
noai, noimageai       the same places; a convention of DeviantArt's, 2022
tdm                   TDM Reservation Protocol (W3C community group report, 2024): `tdm-reservation: 1`
no-train              `Content-Usage: train-ai=n` (IETF AIPREF, draft), `Content-Signal: ai-train=no` (Cloudflare, 2025)
"""

import re
from collections.abc import Iterable, Mapping, Sequence

AGENT = "warraq"  # what a page may call us when it speaks to us alone; lower-case
_DIRECTIVES = frozenset({"noindex", "noarchive", "noai", "noimageai"})
_VALUED = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_NO_TRAIN = re.compile(r"\b(?:train-ai|ai)\s*=\s*n\b|\bai-train\s*=\s*no\b", re.IGNORECASE)
_LONGEST = 2_000  # characters of one header or meta element that are looked at


def read_reservations(headers: Iterable[tuple[str, str]], metas: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Their names, sorted, each once. metas: contents by lower-case name, as crawler.html.page has them."""
    found: set[str] = set()
    for name in ("robots", AGENT):
        for content in metas.get(name, ()):
            found |= _directives(content)
    if any(content.strip() == "1" for content in metas.get("tdm-reservation", ())):
        found.add("tdm")
    for header, value in headers:
        found |= _of_header(header.lower(), value[:_LONGEST])
    return tuple(sorted(found))


def _of_header(name: str, value: str) -> set[str]:
    if name == "tdm-reservation":
        return {"tdm"} if value.strip() == "1" else set()
    if name in ("content-usage", "content-signal"):
        return {"no-train"} if _NO_TRAIN.search(value) else set()
    if name != "x-robots-tag":
        return set()
    agent, colon, rest = value.partition(":")
    agent = agent.strip().lower()
    # "googlebot: noindex" is for another; "unavailable_after: 25 Jun" and "noindex, max-snippet:-1" name nobody.
    if not colon or "," in agent or agent in _VALUED:
        return _directives(value)
    return _directives(rest) if agent in (AGENT, "*") else set()


def _directives(content: str) -> set[str]:
    words = {word.strip().lower() for word in content[:_LONGEST].split(",")}
    return (words & _DIRECTIVES) | ({"noindex"} if "none" in words else set())
