"""The gain of each part of the extractor: the same pages without that part, alone and with a learned profile."""

import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from crawler.extract.body import appended, body_text, boilerplate, candidates
from crawler.extract.fields import vocabulary
from crawler.html import furniture, prune
from tests.benchmarks.engines.corpora import Case, shared_corpora
from tests.benchmarks.invented.sets import PACKAGES, invented_sites
from tests.benchmarks.reading.readers import learned, warraq
from tests.benchmarks.reading.runs import SCORED, WORKERS
from tests.benchmarks.reading.tally import Tally

WHOLE = "everything"
# A part: what stands in its place while it is away, by what it replaces wherever that is imported.
PARTS: Mapping[str, Sequence[tuple[Any, Any]]] = {
    WHOLE: (),
    "trafilatura": ((body_text.trafilatura_body, lambda tree: None),),
    "weight of prose": ((candidates.heaviest, lambda measured: None),),
    "names of bodies": ((candidates._ranked, lambda names: {}),),
    "names of furniture": (
        (furniture.BODY, frozenset()),
        (furniture.BODY_IF_SHORT, frozenset()),
        (furniture.is_of_another, lambda names: False),
    ),
    "shapes of teasers": ((prune.teaser_cards, lambda root: []),),
    "appended articles": ((appended.remove_appended, lambda tree, headline: None),),
    "list of phrases": ((boilerplate.kind_of, lambda line, linked=0.0: None),),
    "vocabulary": ((vocabulary.vocabulary, lambda *kinds: frozenset()),),
}
READ = 10  # articles of a site
LEARNED = 20  # others of the site
_HEAD = ("without", "F1", "leaks", "headline", "wrong dates", "authors")
HOW = f"""\
The same pages, read without one part at a time: {READ} articles of each site, alone and after {LEARNED} others of it were learned
(with the part away there, too). The first row holds the figures of the whole, the others what they lose or gain:
a negative F1 is what the part buys. *trafilatura*: as a reader and as a teacher. Real pages are those that rules were
developed on, read alone."""

Tallies = tuple[Tally, Tally | None]


def ablation(corpus: Path, *, seed: int, parts: Sequence[str] = tuple(PARTS)) -> str:
    """The section of docs/benchmarks.md: for each set a row for each part. corpus: folder of real pages, if there."""
    real = [case for each in shared_corpora(corpus) if each.real for case in each.cases]
    sets: dict[str, list[Sequence[Case]]] = {"Real pages": [[case] for case in real]} if real else {}
    for name in PACKAGES:
        sets[f"Invented sites: {name.replace('_', ' ')}"] = [site.cases for site in invented_sites(name, seed=seed)]
    text = [
        "## What each part buys",
        "",
        f"Written by `python -m tests.benchmarks.unseen --ablation --write`, seed {seed}.",
    ]
    text += ["", HOW, ""]
    for title, sites in sets.items():
        text += [f"### {title}", "", *_rows(_all(sites, parts)), ""]
    return "\n".join(text)


def _all(sites: Sequence[Sequence[Case]], parts: Sequence[str]) -> dict[str, Tallies]:
    measured = {}
    for part in parts:
        with ProcessPoolExecutor(WORKERS, initializer=take_away, initargs=(part,)) as pool:
            each = list(pool.map(_read, sites))
        alone, after = Tally(), Tally()
        for first, second in each:
            alone.merge(first)
            if second is not None:
                after.merge(second)
        measured[part] = (alone, after if after.pages else None)
    return measured


def take_away(part: str) -> None:
    """Replace the part in every loaded module of the crawler. For a process of its own: nothing puts it back."""
    modules = [module for name, module in sys.modules.items() if name.startswith("crawler")]
    for original, other in PARTS[part]:
        for module in modules:
            for name, value in list(vars(module).items()):
                if value is original:
                    setattr(module, name, other)


def _read(cases: Sequence[Case]) -> Tallies:
    """A site; one page alone is no site to learn."""
    alone = _tally(cases[:READ], warraq())
    if len(cases) == 1:
        return alone, None
    return alone, _tally(cases[:READ], warraq(learned(cases[SCORED : SCORED + LEARNED])))


def _tally(cases: Sequence[Case], read: Callable[[Case], dict[str, Any]]) -> Tally:
    tally = Tally()
    for case in cases:
        tally.add(case.gold.url.split("/")[2], case, read(case))
    return tally


def _rows(measured: Mapping[str, Tallies]) -> list[str]:
    learned_too = any(after for _, after in measured.values())
    head = [*_HEAD, *(f"{each}, learned" for each in _HEAD[1:])] if learned_too else list(_HEAD)
    lines = [f"| {' | '.join(head)} |", f"| --- |{' --: |' * (len(head) - 1)}"]
    whole = [_figures(each) for each in measured[WHOLE] if each]
    for part, tallies in measured.items():
        cells: list[str] = []
        for base, tally in zip(whole, (each for each in tallies if each), strict=True):
            for (form, value), (_, before) in zip(_figures(tally), base, strict=True):
                cells.append(form.format(value) if part == WHOLE else _difference(form, value - before))
        lines.append(f"| {'–' if part == WHOLE else part} | {' | '.join(cells)} |")
    return lines


def _figures(tally: Tally) -> list[tuple[str, float]]:
    known = tally.figures()
    return [
        ("{:.3f}", known["f1"]),
        ("{:.2f}", known["leaks_per_page"]),
        ("{:.3f}", known["headline"]),
        ("{:.0f}", known["dates"].get("wrong", 0)),
        ("{:.2f}", known["authors"] or 0.0),
    ]


def _difference(form: str, value: float) -> str:
    text = form.replace(":", ":+").format(value)
    return "0" if not text.strip("+-0.") else text
