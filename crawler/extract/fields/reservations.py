"""Read reservations: a page's requests not to index, archive, mine or train on it.

They are in robots meta elements and in headers, and are recorded with the article under these names:

noindex, noarchive    robots meta and X-Robots-Tag, as search engines read them
noai, noimageai       the same places; a convention of DeviantArt's, 2022
tdm                   TDM Reservation Protocol (W3C community group report, 2024): `tdm-reservation: 1`
no-train              `Content-Usage: train-ai=n` (IETF AIPREF, draft), `Content-Signal: ai-train=no` (Cloudflare, 2025)
"""

import re
from collections.abc import Iterable, Mapping, Sequence

AGENT = "warraq"  # the name of this crawler in meta elements and headers; lower-case
_DIRECTIVES = frozenset({"noindex", "noarchive", "noai", "noimageai"})
_VALUED = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_NO_TRAIN = re.compile(r"\b(?:train-ai|ai)\s*=\s*n\b|\bai-train\s*=\s*no\b", re.IGNORECASE)
_LONGEST = 2_000  # characters of one header or meta element that are read


def read_reservations(headers: Iterable[tuple[str, str]], metas: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The names of the reservations, sorted, each once. metas: contents by lower-case name, as in `Page.metas`."""
    names: set[str] = set()
    for agent in ("robots", AGENT):
        for content in metas.get(agent, ()):
            names |= _directives(content)
    if any(content.strip() == "1" for content in metas.get("tdm-reservation", ())):
        names.add("tdm")
    for header, value in headers:
        names |= _of_header(header.lower(), value[:_LONGEST])
    return tuple(sorted(names))


def _of_header(name: str, value: str) -> set[str]:
    if name == "tdm-reservation":
        return {"tdm"} if value.strip() == "1" else set()
    if name in ("content-usage", "content-signal"):
        return {"no-train"} if _NO_TRAIN.search(value) else set()
    if name != "x-robots-tag":
        return set()
    agent, colon, rest = value.partition(":")
    agent = agent.strip().lower()
    # "googlebot: noindex" is for another agent; in "unavailable_after: 25 Jun" the colon follows no agent's name.
    if not colon or "," in agent or agent in _VALUED:
        return _directives(value)
    return _directives(rest) if agent in (AGENT, "*") else set()


def _directives(content: str) -> set[str]:
    words = {word.strip().lower() for word in content[:_LONGEST].split(",")}
    return (words & _DIRECTIVES) | ({"noindex"} if "none" in words else set())
