"""The topics of one set (developed.txt, held_out.txt): sentences with placeholders for names, days and figures.

= a sentence of the wire (the first one is its headline), ~ the same in a newspaper's words, > what a later wire adds,
+ another article on the topic, ! an opinion. {u1:5-19} is a figure that an update changes, {f1:5-19} one that it keeps,
each drawn from its range; the others are names and days.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_SLOT = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")
DAYS = ("الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت")
_NAMES = {
    "developed": {
        "city": "رملة الزيتون/بئر السدرة/القصيبة/تل الأرز/عين الحجل/مرج الورد",
        "person": "ماجد الشويخ/سليم القاضي/نادر الحموي/فؤاد الربيعي/كريم البستاني/وائل الصفدي",
        "other": "هدى الملاح/سناء الخطيب/جهاد النمر/عادل الكرمي/ليلى الفاخوري/زياد العتر",
        "third": "باسل حداد/عمر الدباغ/نزار السمان/غسان القطان/فراس الزين/ربيع الشامي",
        "fourth": "ريم الحلو/دانة الصائغ/لمى العطار",
        "land": "نوران/كاراديا/سيلفانا/مورافيا الجنوبية",
        "land2": "بالاتيا/أرديس/تيروما/لوساريا",
        "club": "النسور/شباب القلعة/الاتحاد البحري/نجم الواحة",
        "club2": "الصخرة/عمال الميناء/أمل الجبل/وحدة السهل",
        "river": "الوادعة/السرحان",
        "mood": "معتدلة/ضعيفة نسبيا/نشطة",
    },
    "held_out": {
        "city": "وادي الغزلان/كفر الينابيع/شط النخيل/جسر الحصان/دار السلامة/قلعة الرمان",
        "person": "حسان المرعي/أمين السقا/طارق الحناوي/بدر العوضي/نبيل الشريف/راشد المصري",
        "other": "منى الجزار/سعاد البيطار/حازم الكيال/صفوان الهندي/رنا المفتي/أنور الحايك",
        "third": "إلياس الخوري/شادي النجار/تامر الصباغ/علاء الحداد/جميل الرفاعي/منير الأسود",
        "fourth": "سلمى الترك/ندى القباني/جنى الخولي",
        "land": "أوزاريا/ليندور/تالموس/بحر الرمل",
        "land2": "سيرانا/كوبانا/مرديس/الأرخبيل الأبيض",
        "club": "فرسان الساحل/التعاون الأهلي/برق الشمال/راية الجنوب",
        "club2": "الحصن/جامعة المدينة/أبناء النهر/سواعد الريف",
        "river": "الزهيري/أم الغيم/العاصف/النوارس",
        "mood": "بطيئة/متقلبة/هادئة",
    },
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic. template: what a template of another day keeps: keep (names stay), rename, none (there is none)."""

    name: str
    half: str
    template: str
    update: bool
    wire: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    opinion: list[str] = field(default_factory=list)


def topics(half: str) -> list[Topic]:
    """The topics of a half."""
    read: list[Topic] = []
    for line in Path(__file__).with_name(f"{half}.txt").read_text(encoding="utf-8").splitlines():
        mark, text = line[0], line[2:]
        if mark == "#":
            name, options = text.split(" | ")
            stated = dict(each.split("=") for each in options.split())
            read.append(Topic(name, half, stated["template"], stated["update"] == "yes"))
        else:
            topic = read[-1]
            holder = {"=": topic.wire, "~": topic.rewritten, ">": topic.later, "+": topic.beside, "!": topic.opinion}
            holder[mark].append(text)
    return read


def drawn(
    topic: Topic, rng: random.Random, *, before: Mapping[str, str] | None = None, kept: str = ""
) -> dict[str, str]:
    """Draw a value for each placeholder of the topic's sentences.

    before: the values of another text. kept: which of them stay: "names" (an update, which also keeps the day and the
    figures of events), or "form" (a template, which keeps names at most).
    """
    values: dict[str, str] = {}
    for name, low, high in _SLOT.findall("\n".join((*topic.wire, *topic.beside, *topic.opinion))):
        if low and name not in values:
            old = (before or {}).get(name)
            if old is not None and kept == "names" and name[0] == "f":
                values[name] = old
            else:
                values[name] = str(rng.choice([n for n in range(int(low), int(high) + 1) if str(n) != old]))
    for name, names in _NAMES[topic.half].items():
        old = (before or {}).get(name)
        if old is not None and (kept == "names" or topic.template == "keep") and name != "mood":
            values[name] = old
        else:
            values[name] = rng.choice([each for each in names.split("/") if each != old])
    day = rng.choice([each for each in DAYS if each != (before or {}).get("day")])
    values["day"] = before["day"] if before and kept == "names" else day
    return values


def filled(sentence: str, values: Mapping[str, str]) -> str:
    """Replace the placeholders of a sentence by their values."""
    return _SLOT.sub(lambda match: values[match[1]], sentence)
