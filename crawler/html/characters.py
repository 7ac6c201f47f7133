"""Repair of damaged characters. Undamaged letters stay as they were published (NFC)."""

import re
import unicodedata

# Control characters except tab and line ends. C1 (80-9F) never belongs in a page.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_CONTROLS = "".join(filter(CONTROLS.match, map(chr, [*range(0xA0), 0xFFFE, 0xFFFF])))
# Direction marks and zero-width characters. ZWNJ (200C) stays: it is part of the spelling in Arabic script.
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]")
# Arabic Presentation Forms A and B: letters encoded by their shape, from old typesetting and PDF. The ornate brackets
# (FD3E, FD3F) and the ligatures of pious phrases (FDF0-FDFF) are used on purpose.
PRESENTATION = re.compile("[\ufb50-\ufd3d\ufd50-\ufdef\ufe70-\ufefc]+")

_ARABIC_LETTERS = re.compile("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]+")
# One character class: an alternation of three would be tried at each letter.
_DAMAGED = re.compile("[" + "".join(each.pattern.strip("[]+") for each in (CONTROLS, INVISIBLE, PRESENTATION)) + "]")


def mend(text: str) -> str:
    """Text in NFC without control characters and direction marks, with plain letters for presentation forms.

    White space is not changed (see `line`). The result is at most a small multiple of the text's length.
    """
    if _DAMAGED.search(text):
        text = CONTROLS.sub("", text)
        text = INVISIBLE.sub("", text)
        text = PRESENTATION.sub(_letters, text)
    return unicodedata.normalize("NFC", text)


def without_controls(text: str) -> str:
    """Text without control characters. Fast for pages, most of which have none."""
    return CONTROLS.sub("", text) if any(character in text for character in _CONTROLS) else text


def line(text: str) -> str:
    """The mended text as one line: each run of white space, also NBSP, becomes one space; none at the ends."""
    return " ".join(mend(text).split())


def name(text: str | None) -> str | None:
    """The text as a mended line; None if nothing is left."""
    return (line(text) or None) if text else None


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as one string."""
    return frozenset(text.split())


def arabic_letters(text: str) -> int:
    """The number of letters of the Arabic script."""
    return len(text) - len(_ARABIC_LETTERS.sub("", text))


def _letters(match: re.Match[str]) -> str:
    # NFKC of a form of a mark without a letter begins with a space that the text did not have.
    return "".join(unicodedata.normalize("NFKC", letter).strip() for letter in match.group())


# Arabic in UTF-8 that was decoded as windows-1256, or as windows-1252; and windows-1256 that was decoded as
# windows-1252. The pairs are the most frequent ones: alef, lam, yeh after a first byte D8 or D9.
_MOJIBAKE = (
    (("ط§", "ظ„", "ظٹ", "ظˆ"), "cp1256", "utf-8"),
    (("Ø§", "Ù„", "Ù\x84", "Ù\u0160", "Ù\x8a", "Ùˆ", "Ù\x88"), "cp1252", "utf-8"),
    (("Çá", "Ãä", "ãä", "æÇ", "Ýí"), "cp1252", "cp1256"),
)


def repair(text: str) -> str:
    """Undo a wrong decoding that was saved into the page itself; other text is returned unchanged.

    It is undone if at least one in 40 non-ASCII characters begins a pair that Arabic does not have.
    """
    for pairs, wrong, right in _MOJIBAKE:
        # A search for one letter is ten times as fast as one for two, and most pages lack most of these letters.
        count = sum(text.count(pair) for pair in pairs if pair[0] in text and pair[1] in text)
        if not count or count * 40 < len(text) - len(text.encode("ascii", "ignore")):
            continue
        parts = re.split("([<>])", text)
        repaired = "".join(_round_trip(part, wrong, right) for part in parts)
        if arabic_letters(repaired) and repaired.count("ال") > text.count("ال"):
            return repaired
    return text


def _round_trip(text: str, wrong: str, right: str) -> str:
    """Text between two tags, decoded again; unchanged if it can't have been damaged in this way."""
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
