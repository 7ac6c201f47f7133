"""Cleaning of characters: damage is mended, letters stay as they were published (NFC)."""

import re
import unicodedata

# Control characters but tab and line ends; NUL first of all. C1 (80-9F) never belongs in a page.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Marks that steer direction and zero-width ones. ZWNJ (200C) stays: it is spelling in Arabic script.
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]")
SPACES = re.compile(r"[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# Arabic Presentation Forms A and B: letters by their shape, left by old typesetting and PDF. The ornate
# brackets (FD3E, FD3F), the word ligatures of pious phrases (FDF0-FDFF) are published on purpose.
PRESENTATION = re.compile("[\ufb50-\ufd3d\ufd50-\ufdef\ufe70-\ufefc]+")

ARABIC_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
HARAKAT_AND_TATWEEL = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك"})
_NOT_WORD = re.compile(r"[^\w]+")


def mend(text: str) -> str:
    """Text without damage: no control or stray direction marks, letters instead of their shapes, NFC.

    White space is left to `line`. Never longer than a small multiple of what came in.
    """
    text = CONTROLS.sub("", text)
    text = INVISIBLE.sub("", text)
    text = PRESENTATION.sub(_letters, text)
    return unicodedata.normalize("NFC", text)


def line(text: str) -> str:
    """One mended line: every run of white space, NBSP too, is one space, none at the ends."""
    return SPACES.sub(" ", mend(text)).strip()


def name(text: str | None) -> str | None:
    """A mended line, or None when nothing is left."""
    return (line(text) or None) if text else None


def comparable(text: str) -> str:
    """What two spellings of one phrase share: no harakat, tatweel, punctuation, one form of alef and yeh.

    For comparing only; words are separated by one space.
    """
    text = HARAKAT_AND_TATWEEL.sub("", mend(text)).translate(_ALIKE).casefold()
    return _NOT_WORD.sub(" ", text).strip()


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


def arabic_letters(text: str) -> int:
    """How many letters of the Arabic script there are."""
    return len(ARABIC_LETTER.findall(text))


def _letters(match: re.Match[str]) -> str:
    # NFKC of a shape that carries a mark alone begins with a space that was never in the text.
    return "".join(unicodedata.normalize("NFKC", letter).strip() for letter in match.group())


# What UTF-8 Arabic looks like when it was read as windows-1256, and as windows-1252; and windows-1256 read as
# windows-1252. The pairs are the commonest: alef, lam, yeh after a first byte D8 or D9.
_MOJIBAKE = (
    (re.compile("ط§|ظ„|ظٹ|ظˆ"), "cp1256", "utf-8"),
    (re.compile("Ø§|Ù[„\x84]|Ù[\u0160\x8a]|Ù[ˆ\x88]"), "cp1252", "utf-8"),
    (re.compile("Çá|Ãä|ãä|æÇ|Ýí"), "cp1252", "cp1256"),
)


def repair(text: str) -> str:
    """Undo a wrong decoding that was saved into the page itself; other text comes back as it was.

    The trigger is density: one pair that Arabic does not have per 40 characters that are not ASCII.
    """
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if not foreign:
        return text
    for pairs, wrong, right in _MOJIBAKE:
        if len(pairs.findall(text)) * 40 < foreign:
            continue
        parts = re.split("([<>])", text)
        repaired = "".join(_round_trip(part, wrong, right) for part in parts)
        if arabic_letters(repaired) and repaired.count("ال") > text.count("ال"):
            return repaired
    return text


def _round_trip(text: str, wrong: str, right: str) -> str:
    """Text between two tags, decoded again; as it was where it cannot have been damaged that way."""
    if text.isascii():
        return text
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        pass
    raw = bytearray()
    for letter in text:
        try:
            raw += letter.encode(wrong)
        except UnicodeError:
            # windows-1252 leaves five bytes undefined; browsers and sloppy converters pass them through.
            if ord(letter) > 0xFF:
                return text
            raw.append(ord(letter))
    try:
        return raw.decode(right)
    except UnicodeError:
        return text
