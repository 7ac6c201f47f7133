"""Decoding of a page's bytes to text, even if its charset is declared wrongly or not at all."""

import codecs
import re
from dataclasses import dataclass

import cchardet

from crawler.html import characters

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# UTF-16 without a byte order mark, as recognised by XML 1.0 appendix F.
_UTF_16_STARTS = ((re.compile(rb"<\0[!?a-zA-Z]\0"), "utf-16-le"), (re.compile(rb"\0<\0[!?a-zA-Z]"), "utf-16-be"))
_LABEL = re.compile(rb"""charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", re.I)
_XML_LABEL = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([a-z0-9_:.-]{2,40})""", re.I)
# Labels that are ignored: servers send them by default (WHATWG treats them all as windows-1252).
_EMPTY_LABELS = {"iso8859-1", "cp1252", "ascii"}
_ARABIC_CODECS = ("cp1256", "iso8859-6")
# Latin letters that a wrong code page, such as windows-1256 and its neighbours, puts inside of Arabic words.
_MISREAD = re.compile(
    "[\u0600-\u06ff][\u00a1-\u00aa\u00ae-\u00ba\u00bc-\u00ff\u0152\u0153\u0192\u02c6]|\ufffd|[\x80-\x9f]"
)
_SAMPLE = 300_000  # bytes that are examined to choose a charset


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, the codec that decoded it, and the reason for that codec, for people."""

    text: str
    encoding: str
    because: str


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode the bytes of an Arabic page. The text has no control characters.

    Order: BOM; UTF-8 if all but a few bytes are valid and some are not ASCII; the declared label if it gives undamaged
    Arabic; a detector; the two Arabic code pages; UTF-8 with replacement.
    """
    decoded = decode_unrepaired(body, content_type)
    text = characters.repair(decoded.text)
    because = decoded.because if text == decoded.text else f"{decoded.because}; a wrong decoding undone"
    return Decoded(characters.without_controls(text), decoded.encoding, because)


def decode_unrepaired(body: bytes, content_type: str | None) -> Decoded:
    """As `decode`, but without undoing wrong decodings in the page itself, and with its control characters."""
    if marked := _by_start(body):
        return marked
    if body.isascii():
        return Decoded(body.decode("ascii"), "ascii", "only ASCII bytes")
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    # Text in other code pages has hardly any valid sequence; a few bad bytes among many good ones are torn characters.
    if not bad or bad * 11 <= len(text) - len(text.encode("ascii", "ignore")):
        return Decoded(text, "utf-8", f"valid UTF-8, {bad} bad" if bad else "valid UTF-8")
    candidates = _candidates(body, content_type)
    for codec, because in candidates:
        if _is_arabic(body[:_SAMPLE].decode(codec, "replace")):
            return Decoded(body.decode(codec, "replace"), codec, because)
    codec, because = candidates[0]
    if because != "Arabic code page":
        return Decoded(body.decode(codec, "replace"), codec, because)
    return Decoded(text, "utf-8", "nothing better")


def _by_start(body: bytes) -> Decoded | None:
    """Decode a body that begins with a byte order mark, or in UTF-16 with a tag; None for any other."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom) :].decode(codec, "replace"), codec, "byte order mark")
    for start, codec in _UTF_16_STARTS:
        if start.match(body):
            return Decoded(body.decode(codec, "replace"), codec, "every other byte of its first tag is zero")
    return None


def _candidates(body: bytes, content_type: str | None) -> list[tuple[str, str]]:
    """Codecs to try, each once with its reason, the best first."""
    reasons: dict[str, str] = {}
    labels = _LABEL.findall((content_type or "").encode("ascii", "replace"))
    labels += _XML_LABEL.findall(body[:1024]) + _LABEL.findall(body[:4096])
    for label in labels:
        codec = _codec(label.decode("ascii"))
        if codec and codec not in _EMPTY_LABELS and codec != "utf-8":
            reasons.setdefault(codec, "declared")
    detected = _codec(cchardet.detect(body[:_SAMPLE]).get("encoding") or "")
    if detected:
        reasons.setdefault(detected, "detected")
    for codec in _ARABIC_CODECS:
        reasons.setdefault(codec, "Arabic code page")
    return list(reasons.items())


def _codec(label: str) -> str | None:
    """Python's name of a text codec; None for an unknown label or a codec that is no charset ("hex", "zlib")."""
    try:
        known = codecs.lookup(label)
        "".encode(known.name)
    except (LookupError, ValueError, TypeError):
        return None
    return known.name


def _is_arabic(text: str) -> bool:
    """Whether the text has Arabic words, with at most one Latin letter inside them per 50 letters."""
    letters = characters.arabic_letters(text)
    return letters > 0 and len(_MISREAD.findall(text)) * 50 <= letters
