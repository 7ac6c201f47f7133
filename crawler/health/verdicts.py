"""Verdict on each site: compares its newest run with the earlier ones, and gives the reason in one line.

Pure. The worst failed check decides:

blocked    the site refuses us: a challenge, a captcha, 403, a consent page, robots.txt
broken     nothing can be found or extracted any more
degraded   part of it fails: a channel, a field, half of the texts
quiet      everything works, but there are fewer new articles than expected by the site's earlier runs
ok         no check failed
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.health import rules
from crawler.health.baseline import DAY, expected, observed
from crawler.health.rules import SAMPLE, FailedCheck, Verdict
from storage.messages import message
from storage.queries.run_history import FIELDS, RunRecord

VERDICTS: tuple[Verdict, ...] = ("ok", "quiet", "degraded", "broken", "blocked")

PAST_RUNS = 30  # successful runs that the newest is compared with


@dataclass(frozen=True, slots=True)
class Health:
    """State of one site after its newest finished run. failed_checks: worst first.

    at: when the run ended. new: new articles in the day before the run. expected: the number to expect by the earlier
    runs; None with too few. reasons: pages without an article, by reason. coverage: field name to the share of the new
    articles that have it; {} without new articles.
    """

    site: str
    run_id: int
    at: datetime
    new: int
    expected: float | None
    reasons: dict[str, int]
    coverage: dict[str, float]
    failing: dict[str, int]  # channel to failures
    failed_checks: tuple[FailedCheck, ...] = ()
    is_first: bool = False  # there is no earlier run to compare with

    @property
    def verdict(self) -> Verdict:
        """The verdict of the worst failed check."""
        return self.failed_checks[0].verdict if self.failed_checks else "ok"

    @property
    def is_sick(self) -> bool:
        """Whether the verdict is degraded or worse."""
        return VERDICTS.index(self.verdict) >= VERDICTS.index("degraded")

    @property
    def why(self) -> str:
        """The reason of the verdict, in one line."""
        if self.failed_checks:
            return self.failed_checks[0].why
        if self.is_first:
            return message("first run, {n} articles, no past yet", n=self.new)
        return message("{n} new articles in a day", n=self.new)

    @property
    def remedy(self) -> str | None:
        """What to do; None if nothing needs to be done."""
        return self.failed_checks[0].remedy if self.failed_checks else None

    def as_json(self) -> dict[str, Any]:
        """The object for `--json`."""
        return {
            "site": self.site,
            "verdict": self.verdict,
            "why": self.why,
            "advice": self.remedy,
            "run": self.run_id,
            "at": self.at.isoformat(timespec="seconds"),
            "new": self.new,
            "expected": self.expected,
            "coverage": {name: round(part, 3) for name, part in self.coverage.items()},
            "reasons": self.reasons,
            "failing_channels": self.failing,
            "symptoms": [
                {"verdict": each.verdict, "why": each.why, "advice": each.remedy} for each in self.failed_checks
            ],
        }


def judge(runs: Sequence[RunRecord], *, now: datetime) -> Health | None:
    """The site's health; None without a finished run. runs: of one site, newest first. now: aware."""
    over = [run for run in runs if run.status not in ("running", "interrupted")]
    if not over:
        return None
    latest = over[0]
    past = [run for run in over[1:] if run.status == "done"][:PAST_RUNS]
    # Without the first run, which fetches the backlog and not one day's news.
    flow = [(run.started_at, run.new) for run in runs[:-1]]
    failed = [
        *rules.blocked(latest, past),
        *rules.broken(latest, past),
        *rules.design(latest, past),
        *rules.traps(latest, past),
        *rules.validators(latest, past),
        *rules.channels(latest, past),
        *rules.fields(latest, past),
        *rules.texts(latest, past),
        *rules.silence(latest, flow),
        *rules.overdue(latest, over, now),
    ]
    failed.sort(key=lambda check: -VERDICTS.index(check.verdict))
    sample = latest.completeness[:SAMPLE]
    return Health(
        site=latest.site,
        run_id=latest.run_id,
        at=latest.finished_at or latest.started_at,
        new=observed(flow, latest.started_at, DAY) if flow else latest.new,
        expected=expected(flow, latest.started_at, DAY),
        reasons=dict(latest.reasons),
        coverage={name: rules.rate_of(sample, name) for name in FIELDS} if sample else {},
        failing=rules.failing_channels(latest),
        failed_checks=tuple(failed),
        is_first=len(runs) == 1,
    )
