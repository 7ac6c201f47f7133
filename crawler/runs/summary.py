"""Status of a crawl, its summary as JSON and as one line, and the command's exit code."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from crawler.http.robots import UNREADABLE
from crawler.platforms.run_statistics import KeptBack, RunStatistics, StopCause
from crawler.translation import _, counted
from storage.messages import count_message, message
from storage.records import Reason

EXIT_DONE, EXIT_UNHEALTHY, EXIT_RUNNING, EXIT_INTERRUPTED, EXIT_ARCHIVE = 0, 1, 3, 4, 5

FEW_PAGES = 5  # fewer pages without an article may be videos, or gone
MOST_NOTES = 3  # on the line that an operator reads

_STOPPED: dict[KeptBack | None, str] = {
    None: message("stopped by a signal"),
    "time": message("the time was up (--for)"),
    "disk": message("the disk has too little room left (--min-free)"),
    "fence": message("the database connection that keeps other crawls of the site away was lost"),
}
# These reasons concern single pages; the others say that the crawl itself went wrong.
_REASONS_OF_PAGES = frozenset(
    {
        Reason.LISTING,
        Reason.NOT_FOUND,
        Reason.SOFT_404,
        Reason.PROTECTED,
        Reason.PAYWALL,
        Reason.VIDEO,
        Reason.STATIC,
        Reason.PART,
        Reason.NOT_ARABIC,
        Reason.NOT_HTML,
        Reason.ROBOTS,
        Reason.EMPTY,
        Reason.UNTITLED,
        Reason.TRAP,
        Reason.REMOVED,
    }
)


def end_run(run: RunStatistics, closing_reason: str) -> None:
    """Set the run's status, message and duration. closing_reason: Scrapy's, such as "finished" or "shutdown"."""
    run.seconds = time.monotonic() - run.started
    if run.moved:
        run.note(count_message("{n} articles are at other addresses now", run.moved))
    if run.assets or run.missed_assets:
        run.note(message("pictures and style sheets: {n} kept, {missed} not", n=run.assets, missed=run.missed_assets))
    if run.archive_error is not None:
        run.status, run.message = "failed", run.archive_error
    elif closing_reason == "shutdown":
        why = message("{why}; the next run goes on from here", why=_STOPPED[run.stopped_by])
        run.status, run.message = "interrupted", why
        if run.stopped_by is not None and not (run.listings or run.articles):
            detail = next(iter(run.details.values()), message("none answered"))
            run.message = message("{why} (no page was read: {detail})", why=why, detail=detail)
        if run.unavailable is not None:
            run.message = message("{why}; {more}", why=run.message, more=_unavailable(run))
    elif closing_reason != "finished":
        run.status, run.message = "failed", message("the crawl was closed: {reason}", reason=closing_reason)
    else:
        if (unread := run.reasons[Reason.UNREAD.value]) and run.unavailable is None:
            run.note(
                message(
                    "{n} pages are kept and unread, as their worker processes died: the next run reads them", n=unread
                )
            )
        if run.is_single_page:
            run.message = _unavailable(run) or (None if run.articles else _no_answers(run))
            run.status = "unhealthy" if run.message else "done"
            return
        run.message = _unavailable(run) or _no_answers(run) or _mostly_errors(run) or _empty_listings(run)
        run.status = "unhealthy" if run.message else "done"


def not_begun(run: RunStatistics, cause: StopCause) -> None:
    """Mark a site as skipped because a limit of the command was reached before its turn."""
    run.status, run.message, run.stopped_by = "skipped", message("not begun: {why}", why=_STOPPED[cause]), cause


def _unavailable(run: RunStatistics) -> str | None:
    if run.unavailable is None:
        return None
    unread = run.reasons[Reason.UNREAD.value]
    return message(
        "{n} pages are kept and could not be read, the next run reads them: {why}", n=unread, why=run.unavailable
    )


def _no_answers(run: RunStatistics) -> str | None:
    if run.crashed is not None:
        return message("code raised ({error})", error=run.crashed)
    if run.listings > 0 or (run.budget.is_exhausted and run.articles > 0):
        return None
    why = next(iter(run.details.values()), message("no page answered"))
    if run.articles == 0:
        return message("nothing could be read ({why})", why=why)
    return message("no listing could be read ({why})", why=why)


def _mostly_errors(run: RunStatistics) -> str | None:
    failures = failures_in(run.reasons)
    commonest = max(failures, key=lambda name: failures[name], default=None)
    if commonest is not None and sum(failures.values()) > run.articles + run.listings:
        return message(
            "mostly errors: {n} × {reason} ({detail})",
            n=failures[commonest],
            reason=commonest,
            detail=run.details[commonest],
        )
    if run.abandoned_hosts is not None:
        return message(
            "stopped before the end, as a host had to be left alone ({host}); the next run asks the rest",
            host=run.abandoned_hosts,
        )
    without_article = sum(run.reasons.values())
    if run.articles == 0 and without_article >= FEW_PAGES:
        name, count = run.reasons.most_common(1)[0]
        return message(
            "none of {pages} pages gave an article: {n} × {reason} ({detail})",
            pages=without_article,
            n=count,
            reason=name,
            detail=run.details[name],
        )
    return None


def _empty_listings(run: RunStatistics) -> str | None:
    """A message if no listing had article links; else None. Saved articles don't count: they may be revisits."""
    if run.budget.is_exhausted and run.listings <= 1:  # pages of earlier runs took the budget before the listings
        return None
    without_links = run.links == 0 and not run.unchanged
    if not without_links and not (run.walks > 1 and run.empty_walks == run.walks):
        return None
    why = next((run.details[name] for name in failures_in(run.reasons)), None)
    if why is None and run.articles == 0:
        why = next(iter(run.details.values()), None)
    if why is not None:
        return message("no listing named an article ({why})", why=why)
    return message("no listing named an article: has the template changed? See the site's selectors, or its theme")


def failures_in(reasons: Mapping[str, int]) -> dict[str, int]:
    """The counted reasons which say that the crawl itself went wrong."""
    return {name: n for name, n in reasons.items() if Reason(name) not in _REASONS_OF_PAGES}


def as_json(run: RunStatistics) -> dict[str, Any]:
    """One site's object in the answer of `crawl --json`."""
    return {
        "site": run.site,
        "status": run.status,
        "message": run.message,
        "new": run.new,
        "changed": run.changed,
        "same": run.same,
        "gone": run.gone,
        "pages": run.pages,
        "listings": run.listings,
        "requests": run.requests,
        "not_articles": dict(sorted(run.reasons.items())),
        "channels": {name: asdict(count) for name, count in sorted(run.channels.items())},
        "notes": run.notes,
        "seconds": round(run.seconds, 1),
        "stopped_by": run.stopped_by,
    }


def listings_json(run: RunStatistics) -> dict[str, Any]:
    """Statistics of listings and channels: the column `runs.found`, which `warraq health` compares between runs."""
    causes = {name: run.details.get(f"{name} channel") for name in run.channels}
    return {
        "listings": run.listings,
        "links": run.links,
        "walks": run.walks,
        "barren": run.empty_walks,
        "unchanged": run.unchanged,
        "ended_walks": run.ended_walks,
        "false_validators": run.false_validators,
        "templates": asdict(run.templates),
        "channels": {
            name: asdict(count) | ({"detail": why} if (why := causes[name]) else {})
            for name, count in sorted(run.channels.items())
        },
    }


def summary_line(run: RunStatistics) -> str:
    """The run's summary in one line, in the user's language."""
    counts = [counted("{n} new", run.new), counted("{n} changed", run.changed), counted("{n} same", run.same)]
    counts += [counted("{n} gone", run.gone)] if run.gone else []
    work = [counted("{n} requests", run.requests), _("{seconds:.0f} s").format(seconds=run.seconds)]
    comma = _(", ")
    parts = [f"{run.site}: {_(run.status)}: {comma.join(counts)}", comma.join(work)]
    if run.reasons:
        reasons = comma.join(f"{n} {_(name)}" for name, n in sorted(run.reasons.items()))
        parts.append(_("no articles: {reasons}").format(reasons=reasons))
    missed, silent = _("{channel} missed {n}"), _("{channel} did not answer")
    faults = [missed.format(channel=name, n=count.missed) for name, count in run.channels.items() if count.missed]
    faults += [silent.format(channel=name) for name, count in run.channels.items() if count.failures]
    if faults:
        parts.append(_("channels: {faults}").format(faults=comma.join(faults)))
    if run.message:
        parts.append(_(run.message))
    is_unreadable = UNREADABLE in (run.message or "")
    notes = [note for note in run.notes if not (is_unreadable and UNREADABLE in note)]
    parts += [_("note: {note}").format(note=_(note)) for note in notes[:MOST_NOTES]]
    if len(notes) > MOST_NOTES:
        parts.append(counted("{n} more notes (--json has them)", len(notes) - MOST_NOTES))
    return one_line(_("; ").join(parts))


def was_kept_back(run: RunStatistics) -> bool:
    """Whether a limit of the command, or a pause, kept the site from its turn."""
    return run.status == "skipped" and run.stopped_by is not None


def closing_lines(runs: Sequence[RunStatistics]) -> list[str]:
    """The lines after those of the sites: the sums, again the lines of sites that are not "done", and skipped sites.

    With a single site, only the line of a skipped one.
    """
    kept_back: dict[tuple[str, bool], list[str]] = {}
    for run in runs:
        if was_kept_back(run):
            kept_back.setdefault((run.message or "", run.stopped_by == "paused"), []).append(run.site)
    lines = [
        one_line(f"{_(why)}: {_(', ').join(sites)}" + ("" if paused else _("; ") + _("the next run begins with them")))
        for (why, paused), sites in kept_back.items()
    ]
    if len(runs) < 2:
        return lines
    counts = Counter(run.status for run in runs)
    sums = {key: sum(getattr(run, key) for run in runs) for key in ("new", "changed", "requests")}
    statuses = _(", ").join(f"{count} {_(status)}" for status, count in sorted(counts.items()))
    again = [summary_line(run) for run in runs if run.status != "done" and not was_kept_back(run)]
    articles = _(", ").join((counted("{n} new", sums["new"]), counted("{n} changed", sums["changed"])))
    requests = counted("{n} requests", sums["requests"])
    return [
        _("; ").join((counted("{n} sites", len(runs)) + f": {statuses}", articles, requests)),
        *again,
        *lines,
    ]


def one_line(text: str) -> str:
    """The text on one line, without control characters: URLs and errors come from servers, and may steer a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text.split()))


def total(runs: Sequence[RunStatistics]) -> dict[str, Any]:
    """The object that `crawl --json` prints: the sums over all sites, and each site's own object."""
    keys = ("new", "changed", "same", "gone", "pages", "listings", "requests")
    reasons: Counter[str] = Counter()
    for run in runs:
        reasons.update(run.reasons)
    return {
        "exit_code": exit_code(runs),
        "stopped_by": next((run.stopped_by for run in runs if run.stopped_by not in (None, "paused")), None),
        **{key: sum(getattr(run, key) for run in runs) for key in keys},
        "not_articles": dict(sorted(reasons.items())),
        "sites": [as_json(run) for run in runs],
    }


def exit_code(runs: Sequence[RunStatistics]) -> int:
    """The worst of the sites' codes, in the order 5 (archive), 4 (interrupted), 1 (unhealthy), 3 (all skipped), 0."""
    codes = [_exit_code_of(run) for run in runs]
    for code in (EXIT_ARCHIVE, EXIT_INTERRUPTED, EXIT_UNHEALTHY):
        if code in codes:
            return code
    return EXIT_RUNNING if codes and all(code == EXIT_RUNNING for code in codes) else EXIT_DONE


def _exit_code_of(run: RunStatistics) -> int:
    """One site's code, as docs/exit-codes.md documents it."""
    if run.archive_error is not None or run.stopped_by == "disk":
        return EXIT_ARCHIVE
    if run.stopped_by == "fence":
        return EXIT_INTERRUPTED
    if run.stopped_by is not None:
        return EXIT_DONE if run.unavailable is None else EXIT_UNHEALTHY
    codes = {"done": EXIT_DONE, "interrupted": EXIT_INTERRUPTED, "skipped": EXIT_RUNNING}
    return codes.get(run.status, EXIT_UNHEALTHY)
