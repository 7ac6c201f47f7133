"""Choose the slot that shows the date of publication, and find metadata dates that the shown dates contradict."""

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
# Between the slots of "published" and "updated": greatest difference of scores, most elements, greatest time.
_SIMILAR, _BESIDE = 0.15, 4
_MOST_APART = timedelta(days=2)  # dates of other articles differ by more


def date_slot(
    slots: Sequence[Slot], members: Sequence[PathedView], values: frozenset[tuple[str, str]], top: float
) -> str | None:
    """The path of the slot that shows when an article was published; None where no slot does.

    Candidates are slots on half of the pages, most of whose texts are dates. Their score is the agreement with
    machine-readable dates, less a doubt for repeated elements, places after the text, dates of the day of fetching and
    long texts. Of two close slots with similar scores, the one with the earlier dates is chosen.
    values: metadata that most pages share. top: the headline's position, as in `author_slot`.
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
        # A clock of the page shows the day of fetching; but so do articles that were all published today.
        of_reading = [
            abs(day - members[number].view.fetched_at.date()) <= timedelta(days=1) for number, day in read.items()
        ]
        is_clock = sum(of_reading) > 0.9 * len(read)
        # Dates of one day that differ in numbers are no evidence in a clock, whose time differs as well.
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
    # "Published" and "updated" often stand side by side: the earlier one is published.
    earlier = [
        path
        for path, score in scores.items()
        if best[0] - score <= _SIMILAR and _is_beside(slot_of[path], slot_of[chosen])
        if _is_earlier(moments[path], moments[chosen])
    ]
    return max(earlier, key=lambda path: (scores[path], path), default=chosen)


def _is_beside(one: Slot, other: Slot) -> bool:
    """Whether two slots are close in document order, and the first slot's elements do not contain the second's."""
    if abs(one.distance - other.distance) > _BESIDE:
        return False
    common = one.shown.keys() & other.shown.keys()
    return all(one.shown[each].elements[0] not in other.shown[each].elements[0].iterancestors() for each in common)


def _is_quoted(slot: Slot) -> bool:
    """Whether a slot is inside a blockquote or contains one: its date then belongs to an embedded post."""
    first = next(iter(slot.shown.values())).elements[0]
    around = chain((first,), first.iterancestors(), first.iter("blockquote"))
    return any(each.tag == "blockquote" for each in around)


def _differ_in_numbers(slot: Slot, members: Sequence[PathedView]) -> bool:
    """Whether the dates on several pages differ only in numbers, such as the time of day or "N hours ago".

    Two line keys are allowed, for "ص" and "م". One date among changing words gives more keys.
    """
    texts = (
        next((text for text in shown.texts[:4] if moment_in(text, members[number]) is not None), None)
        for number, shown in slot.shown.items()
    )
    dates = {text for text in texts if text is not None}
    return len(dates) >= 2 and len(set(map(line_key, dates))) <= 2


def _is_earlier(one: Mapping[int, datetime], other: Mapping[int, datetime]) -> bool:
    """Whether one slot's time precedes the other's by at most two days on most pages, and follows it on no page."""
    common = one.keys() & other.keys()
    earlier = sum(other[number] - _MOST_APART <= one[number] < other[number] for number in common)
    return earlier > 0.5 * len(other) and all(one[number] <= other[number] for number in common)


def _agreement(read: Mapping[int, date], known: Mapping[int, date], *, beside: bool, differ: bool) -> float | None:
    """The share of pages on which a slot's day is within one day of the machine-readable date, if it is 0.7 or more.

    Else 0.5 where the slot may still show the article's date, else None. read: page number to the slot's day. known:
    page number to the machine-readable day. beside: whether the slot stands between headline and text; only there may
    its dates contradict metadata. differ: whether its dates differ between pages, unlike those of a clock.
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
    """All sources of machine-readable dates, as (source, ANY), where most pages show another day; else an empty set.

    Such metadata hold the time at which the page was generated. One day's difference may come from time zones, so it
    must occur on more pages than a greater difference.
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
    """The elements at the template's date paths; where it has none, up to four dates near the headline."""
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
    """Parse a text of up to 120 letters as a date with at least a day; None where it is not one."""
    page = pathed.view.page
    if len(text) > 120 or not _MAY_BE_DATE.search(text):
        return None
    parsed = parse_date(text, now=pathed.view.fetched_at, timezone=page.site.timezone, country=page.site.country)
    return parsed.value if parsed is not None and parsed.precision != "month" else None
