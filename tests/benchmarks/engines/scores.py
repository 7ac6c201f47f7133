"""Scores of an answer against the gold of its page: pure functions, each giving 0 to 1 or a verdict."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from crawler.dates.parser import parse_date
from storage.arabic import fold, tokens
from tests.benchmarks.engines.corpora import Gold

Verdict = Literal["right", "coarse", "wrong", "none"]
FIELDS = ("authors", "sections", "tags", "agency", "image", "subtitle")


@dataclass(frozen=True, slots=True)
class Body:
    """Word precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class PageScore:
    """One engine on one page. fields: set F1 by name. leaked: strings of the gold that must not be in the text."""

    page: str
    kind: str
    body: Body
    leaked: tuple[str, ...]
    title: bool
    date: Verdict
    fields: dict[str, float]

    @property
    def faults(self) -> tuple[str, ...]:
        """The imperfect fields, by name; empty if there are none."""
        named = {
            "body": self.body.f1 == 1,
            "leaked": not self.leaked,
            "title": self.title,
            f"date {self.date}": self.date == "right",
        } | {name: value == 1 for name, value in self.fields.items()}
        return tuple(name for name, perfect in named.items() if not perfect)


def score(answer: dict[str, Any], gold: Gold, *, page: str, kind: str, now: datetime) -> PageScore:
    """The answer of a worker against the gold. A field that is absent counts as not found."""
    text = answer.get("text") or ""
    return PageScore(
        page=page,
        kind=kind,
        body=body(text, gold.text),
        leaked=leaks(text, gold),
        title=tokens(answer.get("title") or "") == tokens(gold.title),
        date=date_verdict(answer.get("published"), gold.published, now=now),
        fields={
            "authors": set_f1(answer.get("authors"), gold.authors),
            "sections": set_f1(answer.get("sections"), (*filter(None, (gold.section,)), *gold.categories)),
            "tags": set_f1(answer.get("tags"), gold.tags),
            "agency": set_f1(_one(answer.get("agency")), _one(gold.agency)),
            "image": set_f1(_images(answer.get("image")), _images(gold.image)),
            "subtitle": set_f1(_one(answer.get("subtitle")), _one(gold.subtitle)),
        },
    )


def body(text: str, gold: str) -> Body:
    """Over the multisets of words, as the search index folds them; their order and the paragraphs don't count."""
    have, want = Counter(tokens(text)), Counter(tokens(gold))
    common = (have & want).total()
    if not common:
        return Body(0.0, 0.0, 0.0)
    precision, recall = common / have.total(), common / want.total()
    return Body(precision, recall, 2 * precision * recall / (precision + recall))


def leaks(text: str, gold: Gold) -> tuple[str, ...]:
    """The strings of `must_not_contain` that stand in the text, as whole words, more often than in the gold text."""
    have, want = _sentence(text), _sentence(gold.text)
    phrases = {string: _sentence(string) for string in gold.must_not_contain}
    return tuple(s for s, phrase in phrases.items() if phrase.strip() and have.count(phrase) > want.count(phrase))


def _sentence(text: str) -> str:
    # Doubled blanks, so that two neighbours don't share one and are both counted.
    return " " + "  ".join(tokens(text)) + " "


def set_f1(values: Iterable[str] | None, gold: Iterable[str]) -> float:
    """Over the sets of folded names; 1 when both are empty, 0 when one is."""
    have = {fold(each) for each in values or () if each.strip()}
    want = {fold(each) for each in gold}
    if not have and not want:
        return 1.0
    return 2 * len(have & want) / (len(have) + len(want))


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _images(value: str | None) -> tuple[str, ...]:
    """The URL without the parts that don't identify the picture: scheme, "www.", query, percent-encoding."""
    if not value:
        return ()
    parts = urlsplit(value.strip())
    return (unquote(f"{parts.netloc.removeprefix('www.')}{parts.path}"),)


def date_verdict(answer: str | None, gold: str | None, *, now: datetime) -> Verdict:
    """right: the same at the gold's precision. coarse: right as far as it goes, a day or month alone. wrong: else.

    A gold of a date alone is met by any time on that day, in the answer's own offset. A time without an offset, on
    either side, is a wall clock; one of a peer may be the page's or that in UTC. Times are the same within a minute.
    A page that states no date (gold None) is right when none is found.
    """
    if not answer or not gold:
        return "right" if not answer and not gold else "wrong" if answer else "none"
    if len(answer) == len("2025-10"):
        return "coarse" if answer == gold[:7] else "wrong"
    known = _moment(answer, now)
    if known is None:
        return "none"
    if len(gold) > len("2025-10-28") and isinstance(known, datetime):
        return "right" if _same(known, datetime.fromisoformat(gold)) else "wrong"
    if known.isoformat()[:10] != gold[:10]:
        return "wrong"
    return "right" if len(gold) == len("2025-10-28") else "coarse"


def _moment(text: str, now: datetime) -> datetime | date | None:
    """Parse the engine's date: ISO 8601, or any other wording by Warraq's own parser."""
    try:
        return date.fromisoformat(text) if len(text) == len("2025-10-28") else datetime.fromisoformat(text)
    except ValueError:
        parsed = parse_date(text, now=now)
    if parsed is None:
        return None
    return parsed.value if parsed.precision in ("second", "minute") else parsed.value.date()


def _same(answer: datetime, gold: datetime) -> bool:
    if answer.tzinfo and gold.tzinfo:
        return abs((answer - gold).total_seconds()) < 60
    clocks = [gold.replace(tzinfo=None)]
    if gold.tzinfo:
        clocks.append(gold.astimezone(UTC).replace(tzinfo=None))
    return any(abs((answer.replace(tzinfo=None) - clock).total_seconds()) < 60 for clock in clocks)
