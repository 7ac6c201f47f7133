"""Slots that show dates: which of them is an article's date of publication, and whether metadata say the same."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, islice

from lxml.html import HtmlElement

from crawler.dates.parser import parse_date
from crawler.extract.fields.shown_dates import dates_near
from crawler.html.spelling import comparable
from crawler.html.tree import content
from crawler.learning.containers import PathedView
from crawler.learning.slots import ABOVE, WITHIN_BODY, Slot
from crawler.learning.values import DATE_KEYS, DATE_METAS
from crawler.profile.line_keys import line_key
from crawler.profile.site_profile import ANY
from crawler.profile.template import Template

_MAY_BE_DATE = re.compile(r"[0-9٠-٩۰-۹]|منذ|قبل|أمس|امس|اليوم")
_SIMILAR, _BESIDE = 0.15, 4  # difference of the scores, and elements between published and updated
_MOST_APART = timedelta(days=2)  # of most updates; dates of other articles lie farther


def date_slot(
    slots: Sequence[Slot], members: Sequence[PathedView], values: frozenset[tuple[str, str]], top: float
) -> str | None:
    """The path of the slot that shows when an article was published; None where none does.

    values: metadata that most pages share. top: where the headline stands, as in `author_slot`.
    """
    known = {number: day for number, pathed in enumerate(members) if (day := _known_day(pathed, values))}
    best: tuple[float, float, str] | None = None
    moments: dict[str, dict[int, datetime]] = {}
    scores: dict[str, float] = {}
    slot_of: dict[str, Slot] = {}
    for slot in slots:
        if slot.share < 0.5 or _is_quoted(slot):
            continue
        dates = {number: _first_moment(shown.texts[:4], members[number]) for number, shown in slot.shown.items()}
        said = {number: moment for number, moment in dates.items() if moment is not None}
        if len(said) < 0.7 * len(dates):
            continue
        read = {number: moment.date() for number, moment in said.items()}
        # A clock shows the day of reading; so do the pages of a site that are all of today.
        of_reading = [
            abs(day - members[number].view.fetched_at.date()) <= timedelta(days=1) for number, day in read.items()
        ]
        is_clock = sum(of_reading) > 0.9 * len(read)
        # A clock's day may be one, too.
        differ = len(set(read.values())) >= 2 or (not is_clock and _differ_in_numbers(slot, members))
        score = _agreement(read, known, beside=top - ABOVE <= slot.distance <= WITHIN_BODY, differ=differ)
        if score is None or (is_clock and (slot.distance < top or slot.after)):
            continue
        # Listings show a date beside each of their links; a date after the text may be that of the next article.
        length = sum(len(shown.text) for shown in slot.shown.values()) / len(slot.shown)
        doubt = 0.05 * min(slot.repeats - 1, 8) + 0.4 * slot.after + 0.3 * is_clock + length / 400
        moments[slot.path], scores[slot.path], slot_of[slot.path] = said, round(score - doubt, 3), slot
        later = sum(day.toordinal() for day in read.values()) / len(read)
        key = (scores[slot.path], -later, slot.path)
        best = key if best is None else max(best, key)
    if best is None:
        return None
    chosen = best[2]
    # Of published and updated the earlier one.
    earlier = [
        path
        for path, score in scores.items()
        if best[0] - score <= _SIMILAR and _is_beside(slot_of[path], slot_of[chosen])
        if _is_earlier(moments[path], moments[chosen])
    ]
    return max(earlier, key=lambda path: (scores[path], path), default=chosen)


def _is_beside(one: Slot, other: Slot) -> bool:
    """Whether two slots stand close together, and the one does not hold the other."""
    if abs(one.distance - other.distance) > _BESIDE:
        return False
    common = one.shown.keys() & other.shown.keys()
    return all(one.shown[each].elements[0] not in other.shown[each].elements[0].iterancestors() for each in common)


def _is_quoted(slot: Slot) -> bool:
    """Whether a slot stands in a quotation or holds one: the date is that of an embedded post."""
    first = next(iter(slot.shown.values())).elements[0]
    around = chain((first,), first.iterancestors(), first.iter("blockquote"))
    return any(each.tag == "blockquote" for each in around)


def _differ_in_numbers(slot: Slot, members: Sequence[PathedView]) -> bool:
    """Whether dates of one day differ in their numbers alone, as the time of day does, or how long ago it was.

    Where one and the same date stands among other words, the words differ. "ص" and "م" may.
    """
    texts = (
        next((text for text in shown.texts[:4] if moment_in(text, members[number]) is not None), None)
        for number, shown in slot.shown.items()
    )
    dates = {text for text in texts if text is not None}
    return len(dates) >= 2 and len(set(map(line_key, dates))) <= 2


def _is_earlier(one: Mapping[int, datetime], other: Mapping[int, datetime]) -> bool:
    """Whether one slot shows a moment shortly before another's on most pages, and on none a later one."""
    common = one.keys() & other.keys()
    earlier = sum(other[number] - _MOST_APART <= one[number] < other[number] for number in common)
    return earlier > 0.5 * len(other) and all(one[number] <= other[number] for number in common)


def _agreement(read: Mapping[int, date], known: Mapping[int, date], *, beside: bool, differ: bool) -> float | None:
    """How well the days of a slot agree with machine-readable ones; None for a slot that shows no article's date.

    beside: whether it stands between headline and text. There, days of their own are believed against metadata.
    differ: whether its dates differ from page to page, as those of a clock on the day of reading do not.
    """
    agreed = [abs(day - known[number]) <= timedelta(days=1) for number, day in read.items() if number in known]
    share = sum(agreed) / len(agreed) if agreed else 0.0
    if len(agreed) >= 2 and share >= 0.7:
        return share
    if len(agreed) >= 2 and not beside:
        return None
    return 0.5 if differ or len(read) <= 2 else None


def distrusted_dates(
    members: Sequence[PathedView], template: Template, values: frozenset[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    """The sources of machine-readable dates as (source, ANY) where most pages show another day beside the headline.

    Such metadata tell when a page was made or asked for. A day's difference may be that of time zones.
    """
    apart: list[int] = []
    for pathed in members:
        elements = _shown_dates(pathed, template)
        shown = _first_moment([content(each) for each in elements[:4]], pathed)
        known = _known_day(pathed, values)
        if shown is not None and known is not None:
            apart.append(abs((known - shown.date()).days))
    far, other = sum(days > 1 for days in apart), sum(days > 0 for days in apart)
    if far < max(3, 0.6 * len(apart)) and other < max(4, 0.8 * len(apart)):
        return frozenset()
    sources = ("json-ld page", *(f"json-ld {key}" for key in DATE_KEYS), *(f"meta {name}" for name in DATE_METAS))
    return frozenset((source, ANY) for source in sources)


def _shown_dates(pathed: PathedView, template: Template) -> list[HtmlElement]:
    """The elements that show the date of a page: at its place, or beside the headline where it has none of its own."""
    tree, places = pathed.view.page.tree, template.field_paths
    if "date" in places:
        return [each for path in places["date"] for each in template.showing(tree, path, pathed.paths)]
    headlines = (each for path in places.get("headline", ()) for each in template.showing(tree, path, pathed.paths))
    containers = template.containers_of(tree, pathed.paths)
    return list(islice(dates_near(next(headlines, None), containers[0] if containers else None), 4))


def _known_day(pathed: PathedView, values: frozenset[tuple[str, str]]) -> date | None:
    article = pathed.view.article
    if article.published_at is None or article.published_source not in ("json-ld", "meta"):
        return None
    raw = comparable(article.published_raw or "")
    if any(value == raw for _, value in values):
        return None
    return article.published_at.date()


def _first_moment(texts: Sequence[str], pathed: PathedView) -> datetime | None:
    return next((moment for text in texts if (moment := moment_in(text, pathed)) is not None), None)


def moment_in(text: str, pathed: PathedView) -> datetime | None:
    """The moment that a short text of a page tells, to the day at least; None for any other text."""
    page = pathed.view.page
    if len(text) > 120 or not _MAY_BE_DATE.search(text):
        return None
    parsed = parse_date(text, now=pathed.view.fetched_at, timezone=page.site.timezone, country=page.site.country)
    return parsed.value if parsed is not None and parsed.precision != "month" else None
