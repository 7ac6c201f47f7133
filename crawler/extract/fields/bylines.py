"""Parse bylines and source lines as pages print them: "كتبت: أسماء نصار", "بقلم فلان وفلان", "المصدر: وكالات"."""

import re
from collections.abc import Collection, Iterable

from crawler.dates.dateline import is_dateline
from crawler.extract.fields.vocabulary import vocabulary
from crawler.html import characters
from crawler.html.furniture import BOX_HEADING
from crawler.html.spelling import comparable
from crawler.profile.prefixes import without_prefix

# With a colon, dash or slash after it, a verb or role is a byline; without one it must be one of the first group.
_ROLE = (
    r"(?:(?:مرسلة|مرسل|نشره?|أضيف|كتبت?) بواسطة|أرسله|أرسلها"
    r"|بقلم|بواسطة|كتابة|كتبه|كتبها|أعده|أعدها|أعدته|كتبت|كتب|الكاتبة|الكاتب|المؤلف|تحرير|إعداد|اعداد|تقرير|تحقيق|حوار|حاوره|حاورها"
    r"|حاورته|متابعة|تغطية|ترجمة|أجرى الحوار|أجرت الحوار|(?:(?:Posted|Written|Published) )?by|Par)"
)
_POSTS_OF = re.compile(
    r"^\W*(?:(?:عرض )?(?:كل|جميع|المزيد من) (?:مقالات|المقالات|المواضيع)(?: بواسطة)?"
    r"|(?:View all|All|More) posts by)\s+",
    re.I,
)
_PREFIX = re.compile(rf"^\W*{_ROLE}(?:\s*(?:و|/|،)\s*{_ROLE})?(?:\s*[:/|\-–—ـ]+\s*|\s+)", re.I)
_BYLINE = re.compile(rf"^\W*(?:{_ROLE}(?:\s+و\s*{_ROLE})?\s*[:/|\-–—]+|بقلم|كتبت?)\s*(?P<names>[^:.؟!]+)$", re.I)
_SOURCE = re.compile(
    r"^\W*(?:المصدر|المصادر|مصدر الخبر|نقلاً? عن|وكالة|Source)\s*[:/|\-–—]+\s*(?P<name>[^:؟!]{2,60})$", re.I
)
_MARKS_AROUND = " .*\"'«»“”-–—ـ"
# A city behind a name: "سمر العلي (دبي)".
_CITY = re.compile(r"(?<=\w)\s*\((?P<place>[^()]{2,30})\)")
_BRACKETED = re.compile(r"^[-–—ـ*]{0,5}[(\[/\s«“\"]*(?P<name>[^()\[\]/.«»“”\"]{2,40})[)\]/\s»”\"]*$")
_SEPARATORS = re.compile(r"(?:(?<!\s)\s+)?(?:[،,;؛&|/•·]|\s[-–—ـ]\s|\s\+\s|\band\b)\s*")
# A conjunction between two full names ("أحمد علي ومحمد سالم"); a lone word after it may be part of a name ("وائل").
# Names that begin with the conjunction's letter are no second author: "مريم ولد أحمد", "سالم وليد حسن".
_AND = re.compile(
    r"(?<!\s)\s+(?!(?:ولد|وليد|وائل|وسام|وسيم|وفاء|وجدي|وجيه|وديع|ولاء|وهيب|وهبة|وداد|وضاح|واصف|وحيد|وصفي|وعد|وسن|ورد|وجد|وكالة|وكالات)\s)"
    r"و\s*(?=\S+\s+\S+)"
)
_JOINER = re.compile(r"(?:(?<!\s)\s+)?[/+،,–—-]\s*|(?<!\s)\s+و(?=\S)")  # "فرانس برس/ رويترز", "وكالات - الأناضول"
_AGENCY_JOINER = re.compile(r"(?:(?<!\s)\s+)?[/+،,–—:|()\[\]-]\s*|(?<!\s)\s+و(?=\S{3})")
_NO_NAME = re.compile(r"https?:|www\.|@|\.(?:com|net|org|png|jpg)\b|[<>{}\[\]=_#]|\d{3,}", re.I)
# Pictures among letters, with their variants and skins ("✍️ أحمد علي").
_EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)
_AGENCIES = frozenset(map(comparable, ("وكالات", "الوكالات", "وكالات الأنباء", "وكالات أنباء")))
MOST_AUTHORS = 12
# Separators of the fields of one line: "سمر العلي - رويترز - 3/11/2026".
_FIELDS = re.compile(r"(?:(?<!\s)\s+)?[|•·]\s*|(?<!\s)\s+[-–—/ـ]\s+")
_PARTING_COLON = re.compile(r":(?:\s+|$)")
_QUOTED = re.compile(r"\W*«[^«»]*»\W*$")
_COMMAS = re.compile(r"[،,]")
_LANGUAGES = frozenset(map(comparable, ("عربية", "عربي", "العربية", "بالعربية", "بالعربي")))
_LONGEST_WORD = 20  # letters
_LONGEST_ROLE = 3  # words
# Characters that no name has: digits, ends of sentences, marks of breadcrumbs.
_NAME_MARKS = re.compile(r"[0-9٠-٩؟?!:…«»\"›>/|=_@#]|\.$")
# Initials instead of a name: "ق.و", "س/ع".
_INITIALS = re.compile(r"\W*[^\W\d_](?:\W+[^\W\d_]){1,3}\W*")
_FUNCTION_WORDS = characters.words(
    "في من على إلى الى عن مع بعد قبل هذا هذه التي الذي ما لا لم لن هل كيف ماذا لماذا بين حول"
)


def split_authors(raw: str, *, site_names: frozenset[str] = frozenset()) -> list[str]:
    """The authors in one printed value, without role words and places; empty when it names the site or holds a URL.

    site_names: comparable names of the site.
    """
    text = characters.line(_EMOJI.sub(" ", raw))
    if not text or len(text) > 200 or _NO_NAME.search(text) or _SOURCE.match(text):
        return []
    text = _POSTS_OF.sub("", text)
    for _ in range(3):  # "كتب بواسطة: …"
        text = _PREFIX.sub("", text)
    text = without_city(text)
    place, colon, rest = text.partition(":")
    if colon and comparable(place) in vocabulary("place"):  # "الدار البيضاء: سمر العلي"
        text = rest
    names: list[str] = []
    for part in _SEPARATORS.split(text):
        for name in _AND.split(part):
            if _QUOTED.match(name):  # "«الراصد»": names of newspapers are quoted, authors are not
                continue
            bare = name.strip(" \t.:-–—|/\"'«»()*")
            same = comparable(bare)
            if not same or len(bare) < 2 or len(bare) > 60 or same in vocabulary("place", "nobody"):
                continue
            if is_bureau(bare) or is_initials(bare):
                continue
            if not _names_site(same, site_names) and not same.isdigit() and bare not in names:
                names.append(bare)
    named = [name for name in names if not is_role(name)]
    return (named or [name for name in names if len(name.split()) > _LONGEST_ROLE])[:MOST_AUTHORS]


def without_city(text: str) -> str:
    """The text without places in brackets after names."""
    return _CITY.sub(lambda match: "" if comparable(match["place"]) in vocabulary("place") else match[0], text)


def _names_site(same: str, site_names: frozenset[str]) -> bool:
    """Whether a comparable text is a name of the site, or contains one of several words: "فريق صحيفة المثال"."""
    return same in site_names or any(" " in name and f" {name} " in f" {same} " for name in site_names)


def is_role(text: str) -> bool:
    """Whether a text begins with a role word, and so describes an author: "مراسل الجريدة", "المدير العام"."""
    first, _, rest = text.partition(" ")
    # "الكاتب أحمد" is a person, "المدير العام" is none.
    bare = first.removeprefix("ال") if rest.startswith("ال") else first
    return comparable(bare) in vocabulary("role")


def is_staff(text: str) -> bool:
    """Whether a text names a part of the newsroom, which is no author even at an author path: "القسم السياسي"."""
    first, _, rest = text.partition(" ")
    return bool(rest) and comparable(first).removeprefix("ال") in vocabulary("staff")


def is_bureau(text: str) -> bool:
    """Whether a text names a section or bureau of the newsroom, which is never an author: "قسم الاقتصاد", "مكتب بيروت".

    Editorial boards and teams are not included, because newspapers name them as authors.
    """
    first, _, rest = text.partition(" ")
    return bool(rest) and comparable(first).removeprefix("ال") in vocabulary("desk")


def is_unsigned(text: str) -> bool:
    """Whether a text at an author path names no person: a part of the newsroom, initials, "خاص"."""
    return is_staff(text) or is_initials(text) or comparable(text) in vocabulary("own", "nobody")


def is_initials(text: str) -> bool:
    """Whether a text consists of initials, which identify nobody, and is no agency: "ق.و", "س/ع"."""
    return _INITIALS.fullmatch(text) is not None and not is_agency(text)


def names_photographer(text: str) -> bool:
    """Whether a text names the photographer of a picture: "تصوير: سمر العلي"."""
    first = comparable(text[:_LONGEST_WORD]).partition(" ")[0]
    return first in vocabulary("lens")


def is_person(text: str) -> bool:
    """Whether a text may be a person's name by its form: letters alone, no mark of a sentence, no function word."""
    words = text.split()
    return bool(words) and _NAME_MARKS.search(text) is None and not any(word in _FUNCTION_WORDS for word in words)


def names_among(
    texts: Iterable[str], site_names: frozenset[str], labels: frozenset[str], printed: Collection[str] = ()
) -> list[str]:
    """The authors in several short texts, by the form of each (`names_in_line`), each once."""
    names: list[str] = []
    for text in texts:
        names += [name for name in names_in_line(text, site_names, labels, printed) or () if name not in names]
    return names


def names_in_line(
    line: str, site_names: frozenset[str], labels: frozenset[str], printed: Collection[str] = ()
) -> list[str] | None:
    """The authors that a line names, by its form: a byline, or names of two to four words.

    Empty where the line shows only other fields: sections (labels: comparable entries of the site's menu), agencies,
    dates, places, the site. None where it shows anything else. printed: comparable words that the site prints before
    names or beside them.
    """
    if is_other_field(line, labels) or comparable(line) in printed:
        return []
    if names_photographer(line):
        return None
    if written := read_byline(line):
        return [name for name in written if comparable(name) not in printed]
    names: list[str] = []
    parts = [inner for part in fields_of(line) for inner in _PARTING_COLON.split(part)]
    for part in parts:
        rest = without_prefix(part, printed)
        if _is_beside_names(rest, site_names, labels, printed, alone=len(parts) == 1):
            continue
        split = [
            name
            for name in read_byline(rest) or split_authors(rest, site_names=site_names)
            if comparable(name) not in printed
        ]
        if not split or not all(is_person(name) and 2 <= len(name.split()) <= 4 for name in split):
            return None
        names += split
    return names


def _is_beside_names(
    part: str, site_names: frozenset[str], labels: frozenset[str], printed: Collection[str], *, alone: bool
) -> bool:
    """Whether a part of a line is another field, or words printed beside names. alone: it is the whole line."""
    same = comparable(part)
    if not same or same in printed or _names_site(same, site_names) or same in vocabulary("place", "nobody", "own"):
        return True
    if is_role(part) or is_staff(part) or is_initials(part) or is_other_field(part, labels):
        return True
    return not alone and (len(part.split()) == 1 or any(map(str.isdigit, part)))


def parts_of(line: str) -> list[list[str]]:
    """The fields of a line, each as its comparable parts, such as label and value, divided at colons and commas."""
    return [
        [comparable(each) for inner in _PARTING_COLON.split(part) for each in _COMMAS.split(inner) if comparable(each)]
        for part in fields_of(line)
    ]


def fields_of(line: str) -> list[str]:
    """The fields of a line, divided at bars, dots, dashes and slashes."""
    return [part for part in _FIELDS.split(line) if part]


def is_other_field(text: str, labels: frozenset[str]) -> bool:
    """Whether a text is a section, tags, an agency, a date or a heading of other articles, and so names no author."""
    same = comparable(text)
    if same in labels or same.partition(" ")[0] in vocabulary("tags") or is_agency(text) or is_dateline(text):
        return True
    return read_source(text) is not None or BOX_HEADING.match(text) is not None


def is_agency(text: str) -> bool:
    """Whether a text is an agency's name, possibly with its language: "رويترز", "سي إن إن عربية"."""
    same = comparable(text)
    name, _, language = same.rpartition(" ")
    return same in vocabulary("agency") or (language in _LANGUAGES and name in vocabulary("agency"))


def read_byline(line: str) -> list[str]:
    """The names in a line that is only a byline; empty for any other line."""
    if len(line) > 90:
        return []
    match = _BYLINE.match(line.rstrip(" :"))
    if not match:
        return []
    names = split_authors(match["names"])
    return names if names and all(1 < len(name.split()) <= 5 for name in names) else []


def read_signature(line: str, site_names: frozenset[str]) -> list[str]:
    """The authors in a line that names only them and the site: "زينب العبيدي - صحيفة المثال"; empty for other lines."""
    parts = [part.strip() for part in re.split(r"\s*[/|–—-]\s*", line)] if len(line) <= 80 else []
    names = [part for part in parts if comparable(part) not in site_names]
    if len(parts) < 2 or len(names) == len(parts) or not names:
        return []
    return names if all(is_person(name) and 2 <= len(name.split()) <= 4 for name in names) else []


def is_own_source(line: str, site_names: frozenset[str]) -> bool:
    """Whether a line only names the site itself as the source: "مأرب برس - خاص". site_names: comparable."""
    names = [comparable(part) for part in _JOINER.split(line)] if len(line) <= 60 else []
    return any(name in site_names for name in names) and all(
        name in site_names or name in vocabulary("agency", "nobody", "own") for name in names
    )


def is_own(name: str, site_names: frozenset[str]) -> bool:
    """Whether a source's name means the site itself: "خاص للموقع", "متابعة خاصة", its own name."""
    same = comparable(name)
    return same in site_names or same.partition(" ")[0] in vocabulary("own")


def is_agency_dateline(line: str) -> bool:
    """Whether a line names an agency, with at most short names such as places: "الرياض - واس", "(د ب أ)".

    Such a line recurs on many pages like furniture, but belongs to the article.
    """
    if len(line) > 60:
        return False
    names = [name for part in _AGENCY_JOINER.split(line) if (name := comparable(part))]
    agencies = [name for name in names if name in vocabulary("agency")]
    others = [name for name in names if name not in vocabulary("agency", "place", "own", "nobody")]
    return bool(agencies) and len(names) <= 4 and all(len(name.split()) <= 2 for name in others)


def read_source(line: str) -> str | None:
    """The agency in a line that is only a source line ("المصدر: رويترز", "(أ ف ب)"); None for any other line."""
    if len(line) > 80:
        return None
    line = without_city(line)
    match = _SOURCE.match(line)
    if match:
        return match["name"].strip(_MARKS_AROUND) or None
    match = _BRACKETED.match(line.removeprefix("عن ") if len(line.split()) > 1 else line)
    if match and is_agency(match["name"]):
        return match["name"].strip(" .:")
    parts = [part.strip(" .:()[]") for part in _JOINER.split(line)] if len(line) <= 60 else []
    if not parts or not all(map(is_agency, parts)):
        return None
    # "وكالات/ رويترز" names one of the agencies.
    named = [part for part in parts if comparable(part) not in _AGENCIES]
    return named[0] if len(named) == 1 else line.strip(" .:()[]")
