"""Health checks of a site: each compares the newest run with the earlier ones, and explains a failure in one line.

Pure. A check fails only if the site's own past makes chance unlikely, so a site that was always unusual does not fail.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, Literal

from crawler.health.baseline import DAY, binomial_at_most, expected, observed, poisson_at_most
from storage.messages import message
from storage.queries.run_history import FIELDS, Completeness, RunRecord
from storage.records import REFUSALS, Reason

Verdict = Literal["ok", "quiet", "degraded", "broken", "blocked"]

SAMPLE = 200  # articles of a run that are compared
DOUBT = 0.01  # a difference counts if its probability by chance is below this
FEW = 5.0  # articles: with fewer expected, none at all is not significant
# Reasons of pages without an article that are typical of a changed template.
_UNREAD = frozenset(
    {
        *(Reason.EMPTY, Reason.UNTITLED, Reason.SOFT_404, Reason.REPEATED),
        *(Reason.NOT_ARABIC, Reason.FAILED, Reason.TIMEOUT),
    }
)
_WALLS = REFUSALS | {Reason.LOGIN}
_REFUSING = ("HTTP 401", "HTTP 403", "HTTP 429", "HTTP 451", "HTTP 503")
_PAST_GAPS = 30

# Remedies.
_CHECK = "warraq check {}"
_READ_ONE = message("see one: warraq read URL --site {site} --explain").template
_WAIT = message("wait a day; crawl it more slowly (delay_s); write to the site")
_ASK = message("leave it in peace, or ask the site's owner")
_WHAT_TO_DO: dict[str, str] = {
    Reason.LOGIN: message("it wants an account: leave it in peace"),
    Reason.GEO_BLOCKED: message("crawl it from a country that it serves"),
    Reason.MAINTENANCE: message("wait until it is back"),
    Reason.CHALLENGE: _ASK,
    Reason.CAPTCHA: _ASK,
}


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A failed check. why: the evidence in one line. remedy: what to do."""

    verdict: Verdict
    why: str
    remedy: str


def blocked(run: RunRecord, past: Sequence[RunRecord]) -> Iterator[FailedCheck]:
    """Check whether the site refuses the crawler."""
    walls = {name: n for name, n in run.reasons.items() if name in _WALLS}
    refused = sum(walls.values())
    if refused > run.new + run.changed and (not _named(run) or (refused >= 3 and not run.new)):
        worst = max(walls, key=lambda name: walls[name])
        usual = max((sum(n for name, n in each.reasons.items() if name in _WALLS) for each in past), default=0)
        if refused > usual:
            why = message("{n} pages refused us, most as {reason}", n=refused, reason=worst)
            yield FailedCheck("blocked", why, _WHAT_TO_DO.get(worst, _WAIT))
    forbidden = run.reasons.get(Reason.ROBOTS, 0)
    if forbidden and not _named(run) and not run.new and run.status != "done":
        why = message("robots.txt forbids what used to be crawled, or could not be read")
        yield FailedCheck("blocked", why, _ASK)
    details = " ".join([run.message or "", *(each.get("detail") or "" for each in _channels_of(run).values())])
    if not walls and not _named(run) and not run.new and any(mark in details for mark in _REFUSING):
        yield FailedCheck("blocked", message("it refused us: {details}", details=details.strip()), _WAIT)


def broken(run: RunRecord, past: Sequence[RunRecord]) -> Iterator[FailedCheck]:
    """Check whether the run failed, or article pages give no article any more."""
    if run.status in ("failed", "unhealthy"):
        why = run.message or message("the run ended as {status}", status=run.status)
        yield FailedCheck("broken", why, _CHECK.format(run.site))
    unread = sum(n for name, n in run.reasons.items() if name in _UNREAD)
    read = run.new + run.changed
    if unread >= 3 and unread > read and not run.found.get("ended_walks"):  # `traps` reports those as the cause
        before = sum(n for each in past for name, n in each.reasons.items() if name in _UNREAD)
        all_before = before + sum(each.new + each.changed for each in past)
        if binomial_at_most(min(read, SAMPLE), min(unread + read, SAMPLE), 1 - before / max(all_before, 1)) < DOUBT:
            verdict: Verdict = "broken" if unread >= 4 * read else "degraded"
            why = message(
                "{unread} of {pages} article pages gave no article: has the template changed?",
                unread=unread,
                pages=unread + read,
            )
            yield FailedCheck(verdict, why, _CHECK.format(run.site))


def design(run: RunRecord, past: Sequence[RunRecord]) -> Iterator[FailedCheck]:
    """Check whether the site was redesigned: most article pages fit none of its known templates."""
    pages, unfit = _templates_of(run, "pages"), _templates_of(run, "unfit")
    all_before = sum(_templates_of(each, "pages") for each in past)
    before = sum(_templates_of(each, "unfit") for each in past)
    usual = (before + 1) / (all_before + 20)  # without a past, one page in twenty is assumed to fit none
    sample = min(pages, SAMPLE)
    fitting = round((pages - unfit) * sample / pages) if pages else 0
    if unfit < 3 or 2 * unfit <= pages or binomial_at_most(fitting, sample, 1 - usual) >= DOUBT:
        return
    why = message(
        "{unfit} of {pages} article pages are of a design that was not known: it was redesigned",
        unfit=unfit,
        pages=pages,
    )
    if count := _templates_of(run, "relearned"):
        why = message("{why}; the new design was learned from {n} pages", why=why, n=count)
        yield FailedCheck("degraded", why, message(_READ_ONE, site=run.site))
    else:
        yield FailedCheck("degraded", why, message("crawl it again: five such pages teach the new design"))


def traps(run: RunRecord, past: Sequence[RunRecord]) -> Iterator[FailedCheck]:
    """Check whether walks were ended because they found no article over a long stretch of requests."""
    if ended := run.found.get("ended_walks"):
        why = message("{n} walks brought nothing over a long stretch and were ended: {url}", n=len(ended), url=ended[0])
        remedy = message("look at that page; `categories=(…)` in the site file names those to walk")
        yield FailedCheck("degraded", why, remedy)


def validators(run: RunRecord, past: Sequence[RunRecord]) -> Iterator[FailedCheck]:
    """Check whether a host was found to answer 304 for pages that have changed."""
    if hosts := run.found.get("false_validators"):
        why = message("{host} answers 304 (unchanged) for pages that changed", host=hosts[0])
        remedy = message("nothing: its pages are asked for whole from now on; edits of before come with their revisits")
        yield FailedCheck("degraded", why, remedy)


def channels(run: RunRecord, past: Sequence[RunRecord]) -> Iterator[FailedCheck]:
    """Check whether a channel fails or lists no articles any more, or listings link to fewer articles than before."""
    for name, now in _channels_of(run).items():
        before = [_channels_of(each)[name] for each in past if name in _channels_of(each)]
        usual = median([each.get("found", 0) for each in before]) if before else 0
        failed = now.get("failures", 0)
        if failed and (not before or any(not each.get("failures") for each in before)):
            detail = now.get("detail") or message("{n} times", n=failed)
            why = message("its {channel} channel fails ({detail})", channel=name, detail=detail)
            yield FailedCheck("degraded", why, _CHECK.format(run.site))
        elif usual >= 1 and not now.get("found") and not failed and not run.found.get("unchanged"):
            why = message(
                "its {channel} channel names no article any more; it used to name {usual:g}", channel=name, usual=usual
            )
            yield FailedCheck("degraded", why, _CHECK.format(run.site))
    links, usual_links = _per_listing(run), [ratio for each in past if (ratio := _per_listing(each)) is not None]
    if links is not None and len(usual_links) >= 2 and links < median(usual_links) / 4:
        why = message(
            "a listing names {links:.1f} articles; {usual:.1f} before: has the template changed?",
            links=links,
            usual=median(usual_links),
        )
        yield FailedCheck("degraded", why, _CHECK.format(run.site))


def fields(run: RunRecord, past: Sequence[RunRecord]) -> Iterator[FailedCheck]:
    """Check whether new articles lack a field that earlier ones have."""
    sample, before = run.completeness[:SAMPLE], _articles_of(past)
    if len(sample) < 3 or len(before) < 10:
        return
    for name in FIELDS:
        rate, usual = rate_of(sample, name), rate_of(before, name)
        have = sum(name in article.fields for article in sample)
        if rate < usual - 0.2 and binomial_at_most(have, len(sample), usual) < DOUBT:
            why = message(
                "{rate:.0%} of the new articles have {field}; {usual:.0%} before", rate=rate, field=name, usual=usual
            )
            yield FailedCheck("degraded", why, message(_READ_ONE, site=run.site))


def texts(run: RunRecord, past: Sequence[RunRecord]) -> Iterator[FailedCheck]:
    """Check whether new articles are much shorter, or many known ones changed at once."""
    remedy = message(_READ_ONE, site=run.site)
    sample, before = run.completeness[:SAMPLE], sorted(article.words for article in _articles_of(past))
    if len(sample) >= 3 and len(before) >= 10:
        words = median(article.words for article in sample)
        low = before[len(before) // 10]  # 90 % were longer
        longer = sum(article.words >= low for article in sample)
        if words < median(before) * 0.6 and binomial_at_most(longer, len(sample), 0.9) < DOUBT:
            why = message(
                "new articles have {words:.0f} words; {usual:.0f} before: are they cut off?",
                words=words,
                usual=median(before),
            )
            yield FailedCheck("degraded", why, remedy)
    usual = sum(each.changed for each in past) / max(1, sum(each.changed + each.same for each in past))
    if run.changed >= 5 and run.changed > run.same and usual < 0.2:
        why = message(
            "{changed} of {known} known articles changed at once: are they cut off?",
            changed=run.changed,
            known=run.changed + run.same,
        )
        remedy = message("see one: warraq diff ID; warraq runs --site {site}", site=run.site)
        yield FailedCheck("degraded", why, remedy)


def silence(run: RunRecord, flow: Sequence[tuple[datetime, int]]) -> Iterator[FailedCheck]:
    """Check for fewer new articles than at this time of other weeks. flow: the `runs` of `baseline.expected`."""
    end = run.started_at
    gap = end - flow[1][0] if len(flow) > 1 else DAY
    for length in {min(max(gap, timedelta(hours=1)), 7 * DAY), DAY, 3 * DAY}:
        usual, seen = expected(flow, end, length), observed(flow, end, length)
        if usual is None or usual < FEW or seen > usual * 0.3 or poisson_at_most(seen, usual) >= DOUBT:
            continue
        hours = round(length / timedelta(hours=1))
        why = message(
            "{seen} new articles in {hours} hours; {usual:g} at this time of other weeks or days",
            seen=seen,
            hours=hours,
            usual=usual,
        )
        if length == 3 * DAY and not seen:
            yield FailedCheck("degraded", why, _CHECK.format(run.site))
        else:
            yield FailedCheck("quiet", why, message("a holiday? If not: warraq check {site}", site=run.site))


def overdue(run: RunRecord, over: Sequence[RunRecord], now: datetime) -> Iterator[FailedCheck]:
    """Check for a gap since the last run that is much longer than usual for the site."""
    gaps = [(later.started_at - earlier.started_at).total_seconds() for later, earlier in pairwise(over[:_PAST_GAPS])]
    if len(gaps) >= 3:
        usual = timedelta(seconds=median(gaps))
        since = now - run.started_at
        if since > max(4 * usual, usual + DAY):
            why = message(
                "the last run was {days:.1f} days ago; one comes every {hours:.1f} hours",
                days=since / DAY,
                hours=usual / timedelta(hours=1),
            )
            yield FailedCheck("degraded", why, message("see whether cron still runs"))


def _named(run: RunRecord) -> bool:
    """Whether a listing linked to an article; then the site did not refuse its listings."""
    return bool(run.found.get("links"))


def failing_channels(run: RunRecord) -> dict[str, int]:
    """Channel name to number of failures in the run, for channels with failures."""
    return {name: each["failures"] for name, each in _channels_of(run).items() if each.get("failures")}


def _channels_of(run: RunRecord) -> dict[str, dict[str, Any]]:
    return run.found.get("channels") or {}


def _templates_of(run: RunRecord, count: str) -> int:
    """One of the run's counts in crawler.platforms.run_statistics.TemplateCounts; 0 if the run has none."""
    return int((run.found.get("templates") or {}).get(count, 0))


def _per_listing(run: RunRecord) -> float | None:
    """Average number of article links per listing; None without listings, or if any of them answered 304."""
    listings, unchanged = run.found.get("listings") or 0, run.found.get("unchanged") or 0
    return run.found.get("links", 0) / listings if listings and not unchanged else None


def _articles_of(past: Sequence[RunRecord]) -> list[Completeness]:
    return [article for each in past for article in each.completeness][: 5 * SAMPLE]


def rate_of(sample: Sequence[Completeness], name: str) -> float:
    """The share of the articles that have the field. sample: not empty."""
    return sum(name in article.fields for article in sample) / len(sample)
