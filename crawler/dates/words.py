"""The vocabulary of dates: each word with its kind of token and its value.

A kind is one character, so that a text becomes a short string of kinds that regular expressions can match:

    d y n  numbers of 1-2, of 4, of other counts of digits      m h a  Gregorian month, Hijri month, "آب" (also: father)
    o f    day in words, hour in words                          w      weekday
    t      clock time             i  ISO 8601 date with time    C      "الساعة"
    p s e  AM/PM as a word, as one letter, as "م"               g      "والنصف" and other parts of an hour
    Z z q  zone, place, "بتوقيت"                                G H    Gregorian era, Hijri era
    r R    "منذ", "ago"           v ~    number in words, "about"
    u b    unit of time, one that also joins: "يوم", "شهر", "عام"
    k j    "أمس", "الآن"          P U  published, updated       c &    joining word, "and" or "to"
    x      any other word

Names may be spelled in any way here: `date_letters` respells them as it respells texts. Names are separated by commas.
"""

import re
from typing import NamedTuple

from crawler.html.spelling import date_letters

PARTS = re.compile(r"[0-9]+|[^\W\d_]+|\S")


class Token(NamedTuple):
    """kind: see above. number and name: what it stands for, by kind; 0 and "" where it stands for nothing."""

    kind: str
    number: int = 0
    name: str = ""


_GREGORIAN_MONTHS = (
    "يناير, جانفي, كانون الثاني, كانون ثاني, كانون ثان, كانون 2, كانون II, ك2, january, jan, janvier, janv",
    "فبراير, فيفري, فيفيري, فيبراير, شباط, اشباط, february, feb, fevrier, fevr, fev",
    "مارس, آذار, march, mar, mars",
    "أبريل, أفريل, أبرايل, نيسان, april, apr, avril, avr",
    "مايو, ماي, أيار, مايس, may, mai",
    "يونيو, يونية, يونيوز, جوان, حزيران, june, jun, juin",
    "يوليو, يولية, يوليوز, جويلية, جويليا, جولية, تموز, july, jul, juillet, juil",
    "أغسطس, أغسطوس, أوغسطس, أغشت, غشت, أوت, أووت, august, aug, aout",
    "سبتمبر, شتنبر, سبتنبر, شتمبر, ستمبر, أيلول, september, septembre, sept, sep",
    "أكتوبر, أوكتوبر, أكتوبير, أكطوبر, تشرين الأول, تشرين أول, تشرين 1, تشرين I, ت1, october, octobre, oct",
    "نوفمبر, نونبر, نوفنبر, نومبر, تشرين الثاني, تشرين ثاني, تشرين ثان, تشرين 2, تشرين II, ت2, november, novembre, nov",
    "ديسمبر, دجنبر, دسمبر, ديسنبر, دجمبر, كانون الأول, كانون أول, كانون 1, كانون I, ك1, december, decembre, dec",
)
# Libya's own names, official until 2011; elsewhere they are plain words ("الماء", "ناصر").
_LIBYAN_MONTHS = (
    "أي النار", "النوار", "الربيع", "الطير", "الماء", "الصيف",
    "ناصر", "هانيبال", "الفاتح", "التمور", "الحرث", "الكانون",
)  # fmt: skip
_HIJRI_MONTHS = (
    "محرم, المحرم, محرم الحرام, المحرم الحرام",
    "صفر, صفر الخير, صفر المظفر",
    "ربيع الأول, ربيع أول, ربيع 1, ربيع I, ربيع الأنور",
    "ربيع الآخر, ربيع الثاني, ربيع آخر, ربيع ثاني, ربيع ثان, ربيع 2, ربيع II",
    "جمادى الأولى, جمادى الأول, جمادى أولى, جمادى أول, جمادى 1, جماد الأولى, جماد الأول, جماد أول, جماد 1",
    "جمادى الآخرة, جمادى الآخر, جمادى الثانية, جمادى الثاني, جمادى الأخرى, جمادى آخرة, جمادى ثانية, جمادى ثاني, "
    "جمادى 2, جماد الآخرة, جماد الآخر, جماد الثانية, جماد الثاني, جماد آخر, جماد ثاني, جماد 2",
    "رجب, رجب الفرد, رجب المرجب, رجب الأصب, رجب الحرام",
    "شعبان, شعبان المعظم, شعبان المبارك",
    "رمضان, رمضان المبارك, رمضان المعظم, رمضان الكريم",
    "شوال, شوال المكرم, شوال المبارك",
    "ذو القعدة, ذي القعدة, ذا القعدة, ذو قعدة, ذي قعدة, ذوالقعدة, ذيالقعدة, القعدة, ذو القعدة الحرام, ذي القعدة الحرام",
    "ذو الحجة, ذي الحجة, ذا الحجة, ذو حجة, ذي حجة, ذوالحجة, ذيالحجة, الحجة, ذو الحجة الحرام, ذي الحجة الحرام",
)
_WEEKDAYS = (  # Monday first, as date.weekday() counts
    "الاثنين, اثنين, الأثنين, الاتنين, monday, mon, lundi, lun",
    "الثلاثاء, ثلاثاء, الثلثاء, tuesday, tue, tues, mardi",
    "الأربعاء, أربعاء, الاربع, wednesday, wed, mercredi, mer",
    "الخميس, خميس, thursday, thu, thur, thurs, jeudi, jeu",
    "الجمعة, جمعة, friday, fri, vendredi, ven",
    "السبت, سبت, saturday, sat, samedi, sam",
    "الأحد, أحد, sunday, sun, dimanche, dim",
)
_DAYS_IN_WORDS = (
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر",
    "الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر", "السادس عشر", "السابع عشر", "الثامن عشر",
    "التاسع عشر", "العشرين, العشرون", "الحادي والعشرين, الحادي والعشرون", "الثاني والعشرين, الثاني والعشرون",
    "الثالث والعشرين, الثالث والعشرون", "الرابع والعشرين, الرابع والعشرون", "الخامس والعشرين, الخامس والعشرون",
    "السادس والعشرين, السادس والعشرون", "السابع والعشرين, السابع والعشرون", "الثامن والعشرين, الثامن والعشرون",
    "التاسع والعشرين, التاسع والعشرون", "الثلاثين, الثلاثون", "الحادي والثلاثين, الحادي والثلاثون",
)  # fmt: skip
_HOURS_IN_WORDS = (
    "الواحدة", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة",
    "الحادية عشرة, الحادية عشر", "الثانية عشرة, الثانية عشر",
)  # fmt: skip
_HALVES_OF_DAY = {
    "am": "صباحا, صباح, الصباح, ضحى, فجرا, فجر, الفجر, قبل الظهر, قبل ظهر, بعد منتصف الليل, منتصف الليل, a.m, am, ق.ظ",
    "pm": "مساءا, مساء, المساء, عصرا, عصر, العصر, بعد الظهر, بعد ظهر, بعد الزوال, قبل منتصف الليل, p.m, pm, ب.ظ",
    "noon": "ظهرا, ظهر, الظهر, زوالا",
    "night": "ليلا, ليل, الليل, الليلة",
}
# Unit, and how many of it the bare word says; 0 is a plural, which says nothing without a number.
_UNITS = {
    ("second", 1): "ثانية, second, sec", ("second", 2): "ثانيتين, ثانيتان", ("second", 0): "ثواني, ثوان, seconds, secs",
    ("minute", 1): "دقيقة, minute, min", ("minute", 2): "دقيقتين, دقيقتان", ("minute", 0): "دقائق, د, minutes, mins",
    ("minute", 30): "نصف ساعة", ("minute", 15): "ربع ساعة", ("minute", 20): "ثلث ساعة",
    ("hour", 1): "ساعة, hour, hr", ("hour", 2): "ساعتين, ساعتان", ("hour", 0): "ساعات, س, hours, hrs",
    ("day", 1): "يوما, day", ("day", 2): "يومين, يومان", ("day", 0): "أيام, days",
    ("week", 1): "أسبوع, أسبوعا, week", ("week", 2): "أسبوعين, أسبوعان", ("week", 0): "أسابيع, weeks",
    ("month", 1): "شهرا, month", ("month", 2): "شهرين, شهران", ("month", 0): "أشهر, شهور, months",
    ("year", 1): "عاما, year", ("year", 2): "سنتين, سنتان, عامين, عامان", ("year", 0): "سنوات, سنين, أعوام, years",
}  # fmt: skip
_UNITS_THAT_JOIN = {"day": "يوم", "month": "شهر", "year": "عام, سنة"}
_NUMBERS = (
    "واحد, واحدة, an, one", "اثنين, اثنان, اثنتين, اثنتان, two", "ثلاث, ثلاثة, three", "أربع, أربعة, four",
    "خمس, خمسة, five", "ست, ستة, six", "سبع, سبعة, seven", "ثماني, ثمانية, ثمان, eight", "تسع, تسعة, nine",
    "عشر, عشرة, ten", "أحد عشر, إحدى عشرة, eleven", "اثني عشر, اثنتي عشرة, اثنا عشر, اثنتا عشرة, twelve",
)  # fmt: skip
_PLAIN = (
    ("r", 0, "منذ, قبل, مند"),
    ("R", 0, "مضت, مضى, خلت, ago"),
    ("j", 0, "الآن, للتو, توا, حالا, منذ قليل, قبل قليل, منذ لحظات, قبل لحظات, منذ لحظة, قبل لحظة, أقل من دقيقة"),
    ("j", 0, "منذ أقل من دقيقة, قبل أقل من دقيقة, just now, now, less than a minute ago"),
    ("k", 0, "اليوم, هذا اليوم, today"),
    ("k", 1, "أمس, الأمس, بالأمس, يوم أمس, البارحة, امبارح, مبارح, yesterday"),
    ("k", 2, "أول أمس, أمس الأول, أول من أمس, الأول من أمس, يوم أمس الأول, قبل أمس, أول البارحة"),
    ("~", 0, "حوالي, نحو, تقريبا, قرابة, زهاء, about"),
    ("v", 20, "عشرين, عشرون, twenty"),
    ("v", 30, "ثلاثين, ثلاثون, thirty"),
    ("g", 30, "والنصف, ونصف, و النصف, و نصف"),
    ("g", 15, "والربع, وربع, و الربع, و ربع"),
    ("g", 20, "والثلث, وثلث, و الثلث, و ثلث"),
    ("g", -15, "إلا ربعا, إلا ربع, إلا الربع"),
    ("g", -20, "إلا ثلثا, إلا ثلث, إلا الثلث"),
    ("C", 0, "الساعة, ساعة النشر, بالساعة, الوقت, at"),
    ("q", 0, "بتوقيت, توقيت, بالتوقيت, التوقيت"),
    ("a", 8, "آب"),
    ("s", 0, "ص"),
    ("e", 0, "م"),
    ("H", 0, "ه, هجري, هجرية, الهجري, للهجرة, الهجرة, هجريا, ah"),
    ("G", 0, "ميلادي, ميلادية, الميلادي, للميلاد, ميلاديا, ad"),
    ("&", 0, "و, إلى, حتى, to, and, until, et"),
    (
        "c",
        0,
        "من, في, لعام, لسنة, لشهر, العام, السنة, بتاريخ, تاريخ, التاريخ, الموافق, موافق, اليوم الموافق, ليوم, على, عند",
    ),
    ("c", 0, "تمام, حدود, بحدود, تماما, مدينة, العاصمة, on, of, in, the, le, la, du, de, a, st, nd, rd, th, er"),
    (
        "P",
        0,
        "نشر, نشرت, نشرته, نشرها, ينشر, منشور, النشر, تم النشر, تاريخ النشر, وقت النشر, تاريخ ووقت النشر, تاريخ الخبر",
    ),
    ("P", 0, "أنشئ, أنشئت, تاريخ الإنشاء, أضيف, أضيفت, تاريخ الإضافة, تاريخ المقال, أرسل, حرر"),
    ("P", 0, "published, posted, created, publie"),
    (
        "U",
        0,
        "آخر تحديث, آخر التحديثات, تاريخ التحديث, تاريخ آخر تحديث, وقت التحديث, تم التحديث, تم تحديثه, تم تحديثها",
    ),
    ("U", 0, "تحديث, التحديث, حدث, محدث, آخر تعديل, تم التعديل, تاريخ التعديل, تعديل, التعديل, عدل, عدلت"),
    ("U", 0, "updated, last updated, update, last update, modified, last modified, mis a jour, mise a jour, modifie"),
)


class Vocabulary(NamedTuple):
    """words: by themselves. phrases: by first part, with the parts after it, the longest first."""

    words: dict[str, Token]
    phrases: dict[str, list[tuple[tuple[str, ...], Token]]]


def _named() -> list[tuple[str, Token]]:
    """Every list of names with its token; a later one takes a name from an earlier one."""
    named: list[tuple[str, Token]] = []
    for kind, lists in (("v", _NUMBERS), ("o", _DAYS_IN_WORDS), ("f", _HOURS_IN_WORDS)):
        named += [(names, Token(kind, number)) for number, names in enumerate(lists, 1)]
    named += [(names, Token("u", count, unit)) for (unit, count), names in _UNITS.items()]
    named += [(names, Token("b", 1, unit)) for unit, names in _UNITS_THAT_JOIN.items()]
    named += [(names, Token("w", number)) for number, names in enumerate(_WEEKDAYS)]
    named += [(names, Token("p", 0, name)) for name, names in _HALVES_OF_DAY.items()]
    named += [(names, Token(kind, number)) for kind, number, names in _PLAIN]
    for kind, lists in (("m", _GREGORIAN_MONTHS), ("h", _HIJRI_MONTHS)):
        named += [(names, Token(kind, number)) for number, names in enumerate(lists, 1)]
    return named


def vocabulary(named: list[tuple[str, Token]]) -> Vocabulary:
    """Look-up tables of lists of names."""
    words: dict[str, Token] = {}
    phrases: dict[str, dict[tuple[str, ...], Token]] = {}
    for names, token in named:
        for name in names.split(","):
            first, *rest = PARTS.findall(date_letters(name))
            if rest:
                phrases.setdefault(first, {})[tuple(rest)] = token
            else:
                words[first] = token
    ordered = {first: sorted(rests.items(), key=lambda item: -len(item[0])) for first, rests in phrases.items()}
    return Vocabulary(words, ordered)


WORDS = _named()
LIBYAN = [(name, Token("m", number)) for number, name in enumerate(_LIBYAN_MONTHS, 1)]
