"""The agencies that a text credits, in its dateline or its last lines, and the text without those lines. Pure.

Each agency has one name here ("أ ف ب", "فرانس برس" and "AFP" are one), as a copy often credits it by another name.
"""

import re
from functools import lru_cache

from storage import arabic

# The name of each agency that is returned, with the other names that newspapers print for it.
_AGENCIES = {
    "أ ف ب": "أ.ف.ب/فرانس برس/فرنس برس/فرانس بريس/وكالة الصحافة الفرنسية/AFP",
    "رويترز": "Reuters",
    "أ ب": "أ.ب/أسوشيتد برس/أسوشييتد برس/الأسوشيتد برس/AP",
    "د ب أ": "د.ب.أ/وكالة الأنباء الألمانية/DPA",
    "الأناضول": "الاناضول/Anadolu/AA",
    "سبوتنيك": "Sputnik",
    "شينخوا": "Xinhua",
    "تاس": "TASS",
    "نوفوستي": "ريا نوفوستي",
    "إفي": "EFE",
    "آكي": "",
    "إرنا": "IRNA",
    "بلومبرغ": "بلومبيرغ/بلومبرج/Bloomberg",
    "بي بي سي": "BBC",
    "سي إن إن": "سي ان ان/CNN",
    "يورونيوز": "Euronews",
    "واس": "وكالة الأنباء السعودية/SPA",
    "وام": "وكالة أنباء الإمارات/WAM",
    "بترا": "وكالة الأنباء الأردنية/Petra",
    "قنا": "وكالة الأنباء القطرية/QNA",
    "كونا": "وكالة الأنباء الكويتية/KUNA",
    "بنا": "وكالة أنباء البحرين/BNA",
    "العمانية": "وكالة الأنباء العمانية/ONA",
    "سبأ": "سبا/وكالة الأنباء اليمنية",
    "سانا": "SANA",
    "وفا": "WAFA",
    "معا": "وكالة معا",
    "صفا": "وكالة صفا",
    "واع": "وكالة الأنباء العراقية/INA",
    "نينا": "",
    "أ ش أ": "أ.ش.أ/وكالة أنباء الشرق الأوسط/MENA",
    "وات": "وكالة تونس إفريقيا للأنباء/TAP",
    "واج": "وكالة الأنباء الجزائرية/APS",
    "ومع": "و م ع/و.م.ع/وكالة المغرب العربي للأنباء/MAP",
    "وال": "وكالة الأنباء الليبية/لانا",
    "سونا": "وكالة السودان للأنباء/SUNA",
    "الوطنية": "الوكالة الوطنية للإعلام",
}
# Credits that name no agency.
_UNNAMED = "وكالات/الوكالات/وكالات الأنباء/وكالات أنباء/مواقع/مواقع إلكترونية/متابعات/صحف/وكالة/وكالات ومواقع"

_DATELINE = 90  # letters
# "عمان 28 آب (بترا) - …", "لوريا/ الأناضول - …", "نوران - سبوتنيك. …", "الأناضول: …", "القاهرة - بترا: …"
_BRACKETED = re.compile(
    r"^[^()\[\]\n.:؛«\"]{0,45}[(\[]\s*(?P<names>[^()\[\]\n]{2,40}?)\s*[)\]]\s*(?:[-–—ـ:.،]+\s*|\n+)"
)
_PARTED = re.compile(
    r"^(?P<names>[^()\[\]\n:.؛«\"–—-]{2,40}(?:\s?[-–—/]\s?[^()\[\]\n:.؛«\"–—-]{2,30}){0,3})\s{0,3}(?:[-–—:.]+\s|\n)"
)
_DATED_LINE = re.compile(r"^(?=[^\n]*\d)(?P<names>[^\n.؟!«»]{3,80})\n+")
_SOURCE = re.compile(r"^\W*(?:المصدر|المصادر|مصدر|نقلا عن|نقلاً عن|source)\s*[:/-]?\s*(?P<names>.{2,60})$", re.I)
_SIGNED = re.compile(r"^.*(?:[.؟!»\"]|[-–—]{2})\s*[(\[](?P<names>[^()\[\]\n]{2,60})[)\]]\W*$", re.S)
_BETWEEN_NAMES = re.compile(r"\s*[،,/+|–—-]\s*|\s{2,}")
_AND = re.compile(r"(?<!\s)\s+و(?=\S)")
_LAST_LINE = 80  # letters


def _key(name: str) -> str:
    return " ".join(arabic.tokens(name))


_NAMES = {_key(each): name for name, others in _AGENCIES.items() for each in (name, *others.split("/")) if each}
_UNKNOWN = frozenset(_key(each) for each in _UNNAMED.split("/"))


def agency_named(name: str) -> str | None:
    """The one name of the agency that has this name, too; None: no agency has it."""
    key = _key(name)
    return _NAMES.get(key) or _NAMES.get(key.removeprefix("وكاله ").removeprefix("انباء "))


def credited(text: str, agency: str | None = None) -> tuple[str, ...]:
    """The agencies that a text credits, by their one name; () where it credits none. agency: the article's field."""
    stated = _agencies_in(agency) if agency else []
    return tuple(dict.fromkeys((*stated, *_split(text)[1])))


def without_credits(text: str) -> str:
    """The text without its dateline and without the last lines that only name its origin."""
    return _split(text)[0]


@lru_cache(maxsize=64)
def _split(text: str) -> tuple[str, tuple[str, ...]]:
    rest, names = text.strip(), []
    start = rest[: _DATELINE + 1]
    for pattern in (_BRACKETED, _PARTED, _DATED_LINE):
        match = pattern.match(start)
        if match and (pattern is not _DATED_LINE or _agency_at_end(match["names"])):
            among = _agencies_in(match["names"])
            if among or _is_origin(match["names"]):
                names += among
                rest = rest[match.end() :].lstrip()
                break
    while rest:
        head, parted, last = rest.rpartition("\n")
        line = last.strip()
        if not parted or len(line) > _LAST_LINE or not _is_credit_line(line):
            break
        names += _agencies_in(_credit_of(line))
        rest = head.rstrip()
    if match := _SIGNED.match(rest[-_LAST_LINE - 40 :]):
        among = _agencies_in(match["names"])
        if among or _is_origin(match["names"]):
            names += among
            rest = rest[: rest.rindex(match["names"])].rstrip("([ \n")
    return rest, tuple(names)


def _is_credit_line(line: str) -> bool:
    parts = [part for part in _BETWEEN_NAMES.split(_credit_of(line)) if part.strip()]
    return bool(parts) and (
        (_SOURCE.match(line) is not None and len(parts) <= 4)
        or all(_is_origin(part) or all(map(_is_origin, _AND.split(part))) for part in parts)
    )


def _is_origin(name: str) -> bool:
    return agency_named(name) is not None or _key(name) in _UNKNOWN


def _credit_of(line: str) -> str:
    match = _SOURCE.match(line)
    return (match["names"] if match else line).strip(" .()[]-–—*")


def _agencies_in(line: str) -> list[str]:
    """The agencies among the names of a credit, in order."""
    whole = agency_named(line)
    if whole is not None:
        return [whole]
    parts = [part for part in _BETWEEN_NAMES.split(line) if part.strip()]
    named = []
    for part in parts:
        at_end = _agency_at_end(part)
        named += [at_end] if at_end else [each for name in _AND.split(part) if (each := agency_named(name))]
    return named


def _agency_at_end(words: str) -> str | None:
    each = words.split()
    names = (agency_named(" ".join(each[-count:])) for count in range(min(4, len(each)), 0, -1))
    return next((name for name in names if name), None)
