"""Wording of dates and counts in the newspaper, in the forms that Arabic news sites print; each story uses one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from storage.records import DateSource, Precision

GULF = [
    *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
    *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
]
LEVANT = [
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
]
WEEKDAYS = ["الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(frozen=True, slots=True)
class DateForm:
    """Form of a page's date: the precision, the most trusted place that states it, and whether the path has it, too."""

    precision: Precision
    source: DateSource
    in_path: bool = True


DATE_FORMS: Mapping[str, DateForm] = {
    "yoast": DateForm("second", "json-ld"),  # an @graph of Yoast SEO, times in UTC as it writes them
    "tie": DateForm("second", "json-ld"),  # the theme's own JSON-LD
    "meta": DateForm("second", "meta"),  # article:published_time and nothing else
    "words": DateForm("day", "visible", in_path=False),  # أكتوبر 28, 2025
    "levant": DateForm("day", "visible", in_path=False),  # 28 تشرين الأول 2025
    "dual": DateForm("day", "visible", in_path=False),  # 28 أكتوبر/تشرين الأول 2025
    "indic": DateForm("minute", "visible"),  # ٢٨ أكتوبر ٢٠٢٥ - ٠٩:١٥ ص
    "clock": DateForm("minute", "visible"),  # الثلاثاء 28 أكتوبر 2025 - 4:05 م
    "days": DateForm("day", "visible", in_path=False),  # منذ 4 أيام
    "hours": DateForm("minute", "visible", in_path=False),  # منذ 3 ساعات
}


def visible_date(form: str, moment: datetime, now: datetime) -> str:
    """The date line of a story in its form; now: the newspaper's, for the relative forms. Both local."""
    if form == "days":
        return _ago((now.date() - moment.date()).days, ("يوم", "يومين", "أيام", "يوماً"))
    if form == "hours":
        return _ago(round((now - moment).total_seconds() / 3600), ("ساعة", "ساعتين", "ساعات", "ساعة"))
    month, levant = GULF[moment.month - 1], LEVANT[moment.month - 1]
    clock = f"{moment.hour % 12 or 12}:{moment:%M} {'ص' if moment.hour < 12 else 'م'}"
    worded = {
        "tie": f"{moment.day} {month}، {moment.year}",
        "levant": f"{moment.day} {levant} {moment.year}",
        "dual": f"{moment.day} {month}/{levant} {moment.year}",
        "indic": f"{moment.day} {month} {moment.year} - {clock:0>7}".translate(_INDIC),
        "clock": f"{WEEKDAYS[moment.weekday()]} {moment.day} {month} {moment.year} - {clock}",
    }
    return worded.get(form, listing_date(moment))


def listing_date(moment: datetime) -> str:
    """A date in the form of cards, widgets and the theme's default: أكتوبر 28, 2025."""
    return f"{GULF[moment.month - 1]} {moment.day}, {moment.year}"


def top_bar_date(today: date) -> str:
    """Today's date in the form of the top bar: الثلاثاء, أكتوبر 28 2025."""
    return f"{WEEKDAYS[today.weekday()]}, {GULF[today.month - 1]} {today.day} {today.year}"


def minutes_to_read(words: int) -> str:
    """The theme's estimate of the reading time, at 250 words a minute."""
    minutes = words // 250
    if minutes == 0:
        return "أقل من دقيقة"
    return {1: "دقيقة واحدة", 2: "دقيقتان"}.get(minutes, f"{minutes} دقائق")


def thousands(number: int) -> str:
    """A count with the Arabic thousands separator: 1٬204."""
    return f"{number:,}".replace(",", "٬")


def _ago(number: int, words: tuple[str, str, str, str]) -> str:
    # Arabic counts in four forms: one, two, three to ten, and the others.
    one, two, few, many = words
    if number in (1, 2):
        return f"منذ {one if number == 1 else two}"
    return f"منذ {number} {few if 3 <= number % 100 <= 10 else many}"
