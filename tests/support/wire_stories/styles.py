"""Styles of newspapers: datelines, credits and house spellings."""

import random
import re
from collections.abc import Callable

AGENCIES = {
    "أ ف ب": "فرانس برس",
    "رويترز": "رويترز",
    "الأناضول": "الأناضول",
    "بترا": "بترا",
    "واس": "واس",
    "شينخوا": "شينخوا",
}
SIGNATURES = ("المصدر: {agency}", "({agency})", "{agency}", "المصدر: وكالة {agency}", "{agency}، وكالات")
_DATELINES = (
    "{city} ({agency}) - ",
    "{city}/ {agency} - ",
    "{city} - {agency}. ",
    "{city} - {agency} - ",
    "{city} {day} أيلول ({agency})-",
)
_WORDS = {"3": "ثلاثة", "4": "أربعة", "5": "خمسة", "6": "ستة", "7": "سبعة", "8": "ثمانية", "9": "تسعة"}


def datelined(text: str, city: str, agency: str, rng: random.Random) -> str:
    """The text after one of the datelines that agencies print."""
    return rng.choice(_DATELINES).format(city=city, agency=agency, day=rng.randrange(1, 29)) + text


def house_styles() -> list[Callable[[str], str]]:
    """The styles, each a function of a text."""
    return [_egyptian, _maghrebi, _careless, _spelled_out, _vocalised]


def _egyptian(text: str) -> str:
    text = re.sub(r"ي(?=[\s.،:\"]|$)", "ى", text.replace("إ", "ا"))
    return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")).replace('"', "'")


def _maghrebi(text: str) -> str:
    text = re.sub(r'"([^"]+)"', r"«\1»", re.sub(r"(?<=\d)\.(?=\d)", ",", text))
    return re.sub(r"اً?(?= (?:وأ|في|من))", "ًا", text)


def _careless(text: str) -> str:
    text = text.translate(str.maketrans("أإآى", "ااای".replace("ا", "ا")[:3] + "ي")).replace("ة ", "ه ")
    return re.sub(r" و(?=ال)", " و ", text.replace("،", " ،"))


def _spelled_out(text: str) -> str:
    return re.sub(r"(?<![\d.,:-])([3-9])(?= [^\W\d])", lambda match: _WORDS[match[1]], text)


def _vocalised(text: str) -> str:
    return re.sub(
        r"(\w{3})(?=\w{3})", lambda match: match[1] + "\u0640" if len(match[1]) % 2 else match[1], text, count=9
    ).replace("لا ", "لا\u064e ")
