"""How each site fares: its newest run against its own past, in one verdict with one line that says why.

Pure: runs go in, newest first, and a verdict comes out. The worst symptom decides:

blocked    the site refuses us: a challenge, a captcha, 403, a consent page, robots.txt
broken     nothing can be found or read any more
degraded   part of it fails: a channel, a field, half of the texts
quiet      everything works, but there is less news than the site's own past leads one to expect
ok         all as before
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crawler.health import rules
from crawler.health.baseline import DAY, expected, observed
from crawler.health.rules import SAMPLE, FailedCheck, Verdict
from storage.queries.run_history import FIELDS, RunRecord

VERDICTS: tuple[Verdict, ...] = ("ok", "quiet", "degraded", "broken", "blocked")

PAST_RUNS = 30  # good ones that the newest is compared with


@dataclass(frozen=True, slots=True)
class Health:
    """One site's state after its newest run that came to an end. symptoms: worst first; () when all is well.

    expected: new articles that the past leads one to expect in the day before that run, as `new` counts them; None:
    the past says too little. coverage: of its new articles, the part that has each field; {} when it had none.
    """

    site: str
    run_id: int
    at: datetime
    new: int
    expected: float | None
    reasons: dict[str, int]
    coverage: dict[str, float]
    failing: dict[str, int]  # channel to failures
    failed_checks: tuple[FailedCheck, ...] = field(default=())

    @property
    def verdict(self) -> Verdict:
        """The worst symptom's."""
        return self.failed_checks[0].verdict if self.failed_checks else "ok"

    @property
    def is_sick(self) -> bool:
        """Degraded or worse: what cron should tell of."""
        return VERDICTS.index(self.verdict) >= VERDICTS.index("degraded")

    @property
    def why(self) -> str:
        """One line."""
        return self.failed_checks[0].why if self.failed_checks else f"{self.new} new articles in a day"

    @property
    def advice(self) -> str | None:
        """What to do; None when nothing."""
        return self.failed_checks[0].advice if self.failed_checks else None

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "site": self.site,
            "verdict": self.verdict,
            "why": self.why,
            "advice": self.advice,
            "run": self.run_id,
            "at": self.at.isoformat(timespec="seconds"),
            "new": self.new,
            "expected": self.expected,
            "coverage": {name: round(part, 3) for name, part in self.coverage.items()},
            "reasons": self.reasons,
            "failing_channels": self.failing,
            "symptoms": [{"verdict": s.verdict, "why": s.why, "advice": s.advice} for s in self.failed_checks],
        }


def judge(runs: Sequence[RunRecord], *, now: datetime) -> Health | None:
    """The site's health. runs: of one site, newest first. None when no run has come to an end. now: aware."""
    over = [run for run in runs if run.status not in ("running", "interrupted")]
    if not over:
        return None
    latest = over[0]
    past = [run for run in over[1:] if run.status == "done"][:PAST_RUNS]
    # The first run brings the backlog, which says nothing of a day's news.
    flow = [(run.started_at, run.new) for run in runs[:-1]]
    found = [
        *rules.blocked(latest, past),
        *rules.broken(latest, past),
        *rules.channels(latest, past),
        *rules.fields(latest, past),
        *rules.texts(latest, past),
        *rules.silence(latest, flow),
        *rules.overdue(latest, over, now),
    ]
    found.sort(key=lambda failed_check: -VERDICTS.index(failed_check.verdict))
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
        failed_checks=tuple(found),
    )
