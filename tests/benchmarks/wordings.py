"""How Arabic sites word a date, and what a reader can know from it."""

from datetime import UTC, datetime, timedelta

from hijridate import Gregorian

GULF = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
MAGHREB = ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
MOROCCO = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]
LEVANT = (
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
)
HIJRI = (
    *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
    *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
)
WEEKDAYS = ("الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
HOURS, DAYS = timedelta(hours=3), timedelta(days=4)  # how old the articles with a relative date are

DAY_FORMS = (
    *("gulf", "wordpress", "levant", "dual", "dual-brackets", "maghreb", "morocco", "numeric", "hijri", "mixed"),
    *("latin", "weekday"),
)
CLOCK_FORMS = ("clock", "indic", "labelled", "iso", "levant-clock")


def fetched(form: str, published: datetime) -> datetime:
    """When the page was fetched: as long after publication as a relative wording says, else two days later."""
    return (published + {"hours": HOURS, "days": DAYS}.get(form, timedelta(days=2))).astimezone(UTC)


def known(form: str, published: datetime) -> str:
    """What the wording alone tells, as a gold date: no offset where it states none."""
    if form == "hours":
        return published.replace(second=0).isoformat()
    if form == "days":
        return (fetched(form, published) - DAYS).date().isoformat()
    if form in CLOCK_FORMS:
        return published.replace(tzinfo=None, second=0).isoformat(timespec="minutes")
    return published.date().isoformat()


def worded(form: str, when: datetime) -> str:
    """The date line of a page."""
    day, year, gulf, levant = when.day, when.year, GULF[when.month - 1], LEVANT[when.month - 1]
    hijri = Gregorian(year, when.month, day).to_hijri()
    lunar = f"{hijri.day} {HIJRI[hijri.month - 1]} {hijri.year} هـ"
    forms = {
        "gulf": f"{day} {gulf} {year}",
        "wordpress": f"{gulf} {day}, {year}",
        "weekday": f"{WEEKDAYS[when.weekday()]} {day} {gulf} {year}",
        "levant": f"{day} {levant} {year}",
        "dual": f"{day} {gulf}/{levant} {year}",
        "dual-brackets": f"{day} {gulf} ({levant}) {year} م",
        "maghreb": f"{WEEKDAYS[when.weekday()]} {day} {MAGHREB[when.month - 1]} {year}",
        "morocco": f"{WEEKDAYS[when.weekday()]} {day} {MOROCCO[when.month - 1]} {year}",
        "numeric": f"{day:02}/{when.month:02}/{year}",
        "latin": f"{when:%B} {day}, {year}",
        "hijri": lunar,
        "mixed": f"{WEEKDAYS[when.weekday()]} {lunar} الموافق {day} {gulf} {year} م",
        "clock": f"{WEEKDAYS[when.weekday()]} {day} {gulf} {year} - {clock(when)}",
        "levant-clock": f"{day} {levant} {year} | {when:%H:%M}",
        "indic": f"{day} {gulf} {year} - {clock(when):0>7}".translate(_INDIC),
        "labelled": f"تاريخ النشر: {day:02}/{when.month:02}/{year} {clock(when):0>7}",
        "iso": f"{when:%Y-%m-%d %H:%M}",
        "hours": "منذ 3 ساعات",
        "days": "منذ 4 أيام",
    }
    return forms[form]


def clock(when: datetime) -> str:
    """9:40 م."""
    return f"{when.hour % 12 or 12}:{when:%M} {'ص' if when.hour < 12 else 'م'}"
