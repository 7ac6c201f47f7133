"""One run over a set of sites: each engine on each page, Warraq again with the learned profile, and the listings."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from lxml import html

from crawler.html.decode import decode
from crawler.listings.cards import article_links
from storage.urls import url_key
from tests.benchmarks.engines.corpora import Case, shared_corpora
from tests.benchmarks.invented.sets import PACKAGES, invented_sites
from tests.benchmarks.invented.sites import InventedSite, ListingPage
from tests.benchmarks.reading.readers import learned, trafilatura, warraq
from tests.benchmarks.reading.tally import Tally
from tests.benchmarks.scramble import ALL, Levels, reworded_lines, scrambled

SETS = (*PACKAGES, "scrambled")
SCORED, LEARNED = 20, (5, 20)  # pages of a site; none is in both
SCORED_SCRAMBLED = 10  # they are read in two ways
ENGINES = ("Warraq", *(f"Warraq, {count} pages learned" for count in LEARNED), "trafilatura", "trafilatura, precision")
WORKERS = 2


@dataclass(slots=True)
class Links:
    """Links of listings: found, right, and wanted."""

    found: int = 0
    right: int = 0
    wanted: int = 0

    def add(self, other: "Links") -> None:
        self.found, self.right, self.wanted = (
            self.found + other.found,
            self.right + other.right,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0


@dataclass(slots=True)
class Results:
    """A set of sites, read. links: by site name, of the home page and of categories. fields: False where only the body
    and the headline are scored."""

    name: str
    title: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    links: dict[str, tuple[Links, Links]] = field(default_factory=dict)
    fields: bool = True

    def as_json(self) -> dict[str, Any]:
        """Figures and pages of every engine."""
        engines = {
            name: tally.figures() | {"by_page": [asdict(page) for _, page in tally.pages]}
            for name, tally in self.tallies.items()
        }
        links = {site: {"home": asdict(home), "categories": asdict(rest)} for site, (home, rest) in self.links.items()}
        return {"title": self.title, "engines": engines, "listings": links}


def run(name: str, *, seed: int, corpus: Path) -> list[Results]:
    """Read the set of that name (SETS). corpus: folder of real pages, scrambled as well where it is there."""
    if name != "scrambled":
        return [_read(name, f"Invented sites: {name.replace('_', ' ')}", invented_sites(name, seed=seed))]
    results = []
    for set_ in PACKAGES:
        for label, levels in (("names, elements and metadata", Levels()), ("order and wording as well", ALL)):
            sites = invented_sites(set_, seed=seed, scramble=levels)
            key = f"scrambled {set_}" + (" all" if levels is ALL else "")
            results.append(_read(key, f"Scrambled: {set_.replace('_', ' ')}, {label}", sites, scored=SCORED_SCRAMBLED))
    return results + _real(corpus)


def _read(name: str, title: str, sites: Sequence[InventedSite], *, scored: int = SCORED) -> Results:
    results = Results(name, title, {engine: Tally() for engine in ENGINES})
    with ProcessPoolExecutor(WORKERS) as pool:
        for site, (tallies, links) in zip(sites, pool.map(_read_site, sites, [scored] * len(sites)), strict=True):
            for engine, tally in tallies.items():
                results.tallies[engine].merge(tally)
            results.links[site.name] = links
    return results


def _read_site(site: InventedSite, count: int) -> tuple[dict[str, Tally], tuple[Links, Links]]:
    scored, rest = site.cases[:count], site.cases[SCORED:]
    readers: dict[str, Callable[[Case], dict[str, Any]]] = {"Warraq": warraq()}
    for number in LEARNED:
        readers[f"Warraq, {number} pages learned"] = warraq(learned(rest[:number]))
    tallies = _tallies(site.name, scored, readers | _peers())
    home, categories = Links(), Links()
    for listing in site.listings:
        (home if listing.home else categories).add(_links(listing))
    return tallies, (home, categories)


def _peers() -> dict[str, Callable[[Case], dict[str, Any]]]:
    return {"trafilatura": trafilatura("default"), "trafilatura, precision": trafilatura("precision")}


def _tallies(
    site: str, cases: Sequence[Case], readers: dict[str, Callable[[Case], dict[str, Any]]]
) -> dict[str, Tally]:
    tallies = {engine: Tally() for engine in readers}
    for case in cases:
        for engine, read in readers.items():
            tallies[engine].add(site, case, read(case))
    return tallies


def _links(listing: ListingPage) -> Links:
    host = listing.url.split("/")[2]
    tree = html.document_fromstring(decode(listing.body, listing.declared).text)
    urls = article_links(tree, listing.url, selector="", is_ours=lambda url: url.split("/")[2] == host)
    # A scrambled page escapes the letters of its addresses, and is the same page.
    links, gold = set(map(url_key, urls)), set(map(url_key, listing.gold))
    return Links(len(links), len(links & gold), len(gold))


def _real(corpus: Path) -> list[Results]:
    """The real pages, scrambled: fields that only metadata state are gone, so fields are not scored."""
    pages = []
    cases = [case for each in shared_corpora(corpus) for case in each.cases]
    for label, levels in (("names, elements and metadata", Levels()), ("order and wording as well", ALL)):
        results = Results(
            f"scrambled real{' all' if levels is ALL else ''}", f"Scrambled: real pages, {label}", fields=False
        )
        results.tallies = _tallies(
            "real", [_scrambled(case, levels) for case in cases], {"Warraq": warraq()} | _peers()
        )
        pages.append(results)
    return pages if cases else []


def _scrambled(case: Case, levels: Levels) -> Case:
    page = decode(case.body, case.content_type).text
    wording = reworded_lines(case.gold, page) if levels.wording else {}
    text = scrambled(page, seed=case.name, levels=levels, wording=wording)
    gold = replace(case.gold, must_not_contain=tuple(wording.get(each, each) for each in case.gold.must_not_contain))
    return replace(case, body=text.encode(), gold=gold, content_type="text/html; charset=utf-8")
