"""The tables of a run, as Markdown, and the pages on which Warraq is not perfect."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.benchmarks.reading.runs import LEARNED, SCORED, SCORED_SCRAMBLED, Links, Results
from tests.benchmarks.reading.tally import SETS as NAMES
from tests.benchmarks.reading.tally import Tally

_HEAD = ("engine", "F1", "worst page", "worst site", "leaks a page", "headline", "date", *NAMES)
HOW = f"""\
Each site has a build (a design with its own markup and furniture), invented articles, and wrong, broken or missing
metadata as real sites have them. Rules may be developed on the builds of `developed`, `developed_later` (held out
until their pages were looked at), `developed_latest`, `developed_varied`, `developed_outlets`, `developed_portals`, `developed_regions`, `developed_desks` and `developed_genres`; those of `held_out`, with other markup and other words, are for measuring alone. Of
each site {SCORED} articles are scored ({SCORED_SCRAMBLED} of scrambled ones): read as single pages, and after {" and ".join(map(str, LEARNED))} other pages of the site were read and learned, without their gold. *Scrambled*: the
same pages with the names of classes and ids hashed, elements with a meaning turned into `div` and `span`, metadata gone;
then with blocks in another order and furniture in meaningless words as well.

**F1**, **leaks**, **headline** and **date** (right / coarse / wrong / none) as in *Extraction*; *worst site*: the lowest
mean of a site. **{", ".join(NAMES)}**: F1 of all names over all pages together, so that an invented name costs as much as
a missed one. Trafilatura has no field for agency and subtitle."""


def table(results: Results, *, per_site: bool = False) -> str:
    """One set: a row for each engine, then its listings, then each site if wanted."""
    pages = len(next(iter(results.tallies.values())).pages)
    lines = [f"### {results.title} ({pages} pages)", "", _row(_HEAD), _rule(len(_HEAD))]
    lines += [_row(_cells(name, tally, results.fields)) for name, tally in results.tallies.items()]
    if results.links:
        lines += ["", *_listings(results)]
    if per_site:
        lines += ["", *_sites(results)]
    return "\n".join([*lines, ""])


def document(all_results: Sequence[Results], *, seed: int) -> str:
    """The section of docs/benchmarks.md."""
    head = [
        "## Sites that nobody wrote rules for",
        "",
        f"Written by `python -m tests.benchmarks.unseen --write`, seed {seed}.",
        "",
    ]
    return "\n".join(
        [*head, HOW, "", *(table(each, per_site=not each.name.startswith("scrambled")) for each in all_results)]
    )


def faults(results: Results) -> Iterator[str]:
    """One line for every page on which Warraq, reading it alone, is not perfect."""
    for _, page in results.tallies["Warraq"].pages:
        if page.faults:
            leaked = f"; leaked {' | '.join(page.leaked)}" if page.leaked else ""
            yield f"{page.page}: F1 {page.body.f1:.4f}; {', '.join(page.faults)}{leaked}"


def _cells(name: str, tally: Tally, fields: bool) -> list[str]:
    known = tally.figures()
    dates = " / ".join(str(known["dates"].get(each, 0)) for each in ("right", "coarse", "wrong", "none"))
    rest = [_share(known.get(each)) for each in NAMES]
    if "Warraq" not in name:
        rest = ["–" if each in ("agency", "subtitle") else cell for each, cell in zip(NAMES, rest, strict=True)]
    return [
        f"**{name}**" if name == "Warraq" else name,
        f"{known['f1']:.3f}",
        f"{known['worst_page']['f1']:.3f}",
        f"{known['worst_site']['f1']:.3f}",
        f"{known['leaks_per_page']:.2f}",
        f"{known['headline']:.3f}",
        *([dates, *rest] if fields else ["–"] * (1 + len(rest))),
    ]


def _share(value: Any) -> str:
    return "–" if value is None else f"{value:.2f}"


def _listings(results: Results) -> Iterator[str]:
    home, rest = Links(), Links()
    for first, second in results.links.values():
        home.add(first)
        rest.add(second)
    yield _row(("listings", "precision", "recall", "worst precision of a site", "worst recall of a site"))
    yield _rule(5)
    for number, (label, links) in enumerate((("home pages", home), ("categories", rest))):
        sites = [pair[number] for pair in results.links.values()]
        lowest = (min(each.precision for each in sites), min(each.recall for each in sites))
        yield _row((label, *(f"{value:.3f}" for value in (links.precision, links.recall, *lowest))))


def _sites(results: Results) -> Iterator[str]:
    engines = list(results.tallies)
    yield _row(("body F1", *engines, "leaks a page: Warraq", "categories: precision", "recall"))
    yield _rule(len(engines) + 4)
    by_engine = {name: tally.sites() for name, tally in results.tallies.items()}
    for site in by_engine[engines[0]]:
        leaks = results.tallies["Warraq"].of_site(site).figures()["leaks_per_page"]
        cells = [site, *(f"{by_engine[name][site]:.3f}" for name in engines), f"{leaks:.2f}"]
        links = results.links.get(site)
        yield _row((*cells, *((f"{links[1].precision:.3f}", f"{links[1].recall:.3f}") if links else ("–", "–"))))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return f"| --- |{' --: |' * (columns - 1)}"
