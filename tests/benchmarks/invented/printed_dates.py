"""Dates as the invented sites print them, and the precision of each wording."""

from datetime import UTC, datetime, timedelta

from hijridate import Gregorian

from tests.benchmarks.fixtures.wordings import GULF, HIJRI, LEVANT, MAGHREB, MOROCCO, WEEKDAYS

INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# {d} {m} {y}: day, month, year; {g} {l} {f} {o}: months by name (Gulf and Egypt, Levant, Maghreb, Morocco); {w}: weekday;
# {h}: Hijri date; {hn}: in numbers; {H} {I} {II} {M} {p} {pp}: clock.
FORMS = {
    "gulf": "{d} {g} {y}",
    "gulf-clock": "{d} {g}، {y} - {I}:{M} {p}",
    "weekday-clock": "{w}، {d} {g} {y} | {H}:{M}",
    "weekday-slash": "{w} {dd}/{mm}/{y} {I}:{M} {pp}",
    "levant": "{w} {d} {l} {y}",
    "levant-clock": "{d} {l} {y} الساعة {H}:{M}",
    "dual": "{d} {l} / {g} {y}",
    "maghreb": "{w} {d} {f} {y}",
    "maghreb-clock": "{d} {f} {y} على الساعة {H}:{M}",
    "morocco": "{w} {d} {o} {y} - {H}:{M}",
    "hijri-both": "{h} - {d} {g} {y}م",
    "hijri-before": "{w} {h} الموافق {d} {g} {y} م",
    "numeric": "{dd}-{mm}-{y}",
    "dots": "{dd}.{mm}.{y}",
    "iso-clock": "{y}-{mm}-{dd} {H}:{M}",
    "label-clock": "نُشر في: {y}/{mm}/{dd} الساعة {I}:{M} {pp}",
    "zone-clock": "{d} {g} {y} {H}:{M} (GMT{z})",
    "month-first": "{g} {d}, {y} {I}:{M} {p}",
    "bracketed": "{d} {l} ({g}) {y} - {H}:{M}",
    "hijri-slash": "{w} {h} | {dd}/{mm}/{y}م",
    "hijri-alone": "{w} {h}",
    "ampm-slash": "{dd}/{mm}/{y} - {I}:{M} {p}",
    "of": "{w} {d} من {g} {y} م",
    "clock-first": "{H}:{M} - {w} {d} {g} {y}",
    "day-month": "{d} {g}",
    "ago-two-days": "قبل يومين",
    "ago-days": "قبل {n} أيام",
    "ago-hours": "منذ {n} ساعات",
    "before-hours": "قبل {n} ساعات",
    "weekday-plain": "{w}، {d} {g} {y}",
    "weekday-slash-plain": "{w}, {dd}/{mm}/{y}",
    "levant-gulf": "{d} {l} ({g}) {y}",
    "levant-gulf-clock": "{w} {d} {l}/{g} {y} - {H}:{M}",
    "clock-levant": "الساعة {H}:{M}، {w} {d} {l} {y}",
    "year-slash": "{y}/{mm}/{dd} - {H}:{M}",
    "maghreb-dash": "{d} {f} {y} - {H}:{M}",
    "morocco-clock": "{w} {d} {o} {y}، الساعة {H}:{M}",
    "hijri-line": "{w} - {h} الموافق لـ {dd}/{mm}/{y}",
    "ampm-words": "{d} {g} {y} {I}:{M} {pp}",
    "clock-hijri": "{H}:{M}-{d} {g} {y} م ـ {h}",
    "named-slash": "{w} {dd}/{g}/{y} - {II}:{M} {p}",
    "weekday-ampm": "{w}، {d} {g} {y} {II}:{M} {p}",
    "levant-bar": "{d} {l} {y} | {H}:{M}",
    "numbers-bar": "{dd}-{mm}-{y} | {H}:{M}",
    "hijri-numbers": "{hn} هـ - {dd}/{mm}/{y} م",
    "clock-numbers": "{H}:{M} {dd}.{mm}.{y}",
    "morocco-bar": "{w} {d} {o} {y} | {H}:{M}",
}
_CLOCK = ("{H}", "{I}", "{II}")
_AGES = {
    "ago-days": timedelta(days=1),
    "ago-two-days": timedelta(days=1),
    "ago-hours": timedelta(hours=1),
    "before-hours": timedelta(hours=1),
}


def printed(form: str, when: datetime, *, indic: bool = False) -> str:
    """The words of the page. when: aware, in the site's zone."""
    hijri = Gregorian(when.year, when.month, when.day).to_hijri()
    offset = int(when.utcoffset().total_seconds() // 3600)  # type: ignore[union-attr]
    month = when.month - 1
    text = FORMS[form].format(
        d=when.day, dd=f"{when.day:02}", m=when.month, mm=f"{when.month:02}", y=when.year,
        g=GULF[month], l=LEVANT[month], f=MAGHREB[month], o=MOROCCO[month], w=WEEKDAYS[when.weekday()],
        h=f"{hijri.day} {HIJRI[hijri.month - 1]} {hijri.year}هـ", hn=f"{hijri.year}/{hijri.month:02}/{hijri.day:02}",
        H=f"{when.hour:02}", I=when.hour % 12 or 12, II=f"{when.hour % 12 or 12:02}", M=f"{when.minute:02}",
        p="ص" if when.hour < 12 else "م", pp="صباحاً" if when.hour < 12 else "مساءً",
        z=f"{offset:+d}", n=ago(form, when),
    )  # fmt: skip
    return text.translate(INDIC) if indic else text


def ago(form: str, when: datetime) -> int:
    """How many units a relative form counts for this article: two, or 3 to 10, so that the plural fits."""
    if form == "ago-two-days":
        return 2
    return 3 + (when.minute + when.hour) % 8


def fetched(form: str, when: datetime) -> datetime:
    """When the page is fetched, in UTC: as long after it appeared as a relative form says, else two days later."""
    age = _AGES.get(form)
    return (when + (age * ago(form, when) if age else timedelta(days=2))).astimezone(UTC)


def known(form: str, when: datetime) -> str:
    """The gold date of a wording: a day alone, the wall clock, or with the offset that it states."""
    if form in ("zone-clock", "ago-hours", "before-hours"):
        return when.isoformat()
    if form in ("ago-days", "ago-two-days"):  # counted back from the fetch
        return when.astimezone(UTC).date().isoformat()
    if any(mark in FORMS[form] for mark in _CLOCK):
        return when.replace(tzinfo=None).isoformat(timespec="minutes")
    return when.date().isoformat()
