"""The benchmark of a listing's article links: `python -m tests.benchmarks.listings` writes docs/benchmarks.md.

It uses real pages, if the corpus is beside the checkout, and the shipped fixtures, with the generic finder, which knows
no theme, and with the preset of the page's theme.
"""

import argparse
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from crawler.listings.cards import article_links
from crawler.listings.links import link_url
from crawler.themes import recognise, theme_named
from tests.benchmarks.document import replace_section
from tests.benchmarks.listing_fixtures.listing_layouts import layouts
from tests.benchmarks.listing_fixtures.listing_pages import Listing, listings
from tests.benchmarks.listing_fixtures.listing_unseen import unseen
from tests.benchmarks.listing_fixtures.random_layouts import random_layouts

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "benchmarks.md"
# The page's own list, as the corpus describes it.
_GOLD = {
    "jannah_archive_p1": "#posts-container .post-title a",
    "jannah_archive_p2": "#posts-container .post-title a",
    "jannah_category_numeric_p1": "#posts-container .post-title a",
    "jannah_home": ".post-title a",
}
PRESETS = {
    "Jannah": "jannah",
    "Sahifa": "sahifa",
    "tagDiv Newspaper": "newspaper",
    "JNews": "jnews",
    "Foxiz": "foxiz",
    "Publisher": "publisher",
    "plain WordPress": "wordpress",
}


@dataclass(frozen=True, slots=True)
class Score:
    """Over some listings: how many addresses were found, how many of those are right, how many there were."""

    found: int
    right: int
    gold: int

    @property
    def precision(self) -> float:
        """Of the found, the share that the gold has; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of the gold, the share that was found."""
        return self.right / self.gold if self.gold else 1.0


def measure(pages: Iterable[Listing], *, presets: bool) -> Score:
    """Find the links of each page. presets: with the selector of its theme where one is known."""
    links = right = gold = 0
    for page in pages:
        names = found_in(page, presets=presets)
        links += len(names)
        right += len(names & page.gold)
        gold += len(page.gold)
    return Score(links, right, gold)


def found_in(page: Listing, *, presets: bool) -> set[str]:
    """The URLs that the finder returns for one page."""
    theme = theme_named(PRESETS.get(page.theme, page.theme)) or recognise(page.html)
    selector = theme.selectors.links if presets and theme else ""
    tree = html.document_fromstring(page.html)
    host = page.url.split("/")[2]
    return set(article_links(tree, page.url, selector=selector, is_ours=lambda url: url.split("/")[2] == host))


def real_listings(folder: Path) -> list[Listing]:
    """The pages of the corpus; none where it is not there."""
    real = []
    for name, selector in _GOLD.items():
        path = folder / f"{name}.html"
        if path.exists():
            text = path.read_text(encoding="utf-8")
            url = "https://listing.example/" + ("" if name.endswith("home") else "category/x/")
            tree = html.document_fromstring(text)
            links = (link_url(anchor, url) for anchor in tree.cssselect(selector))
            # A saved page's own host is in its addresses where they are absolute.
            gold = frozenset(link for link in links if link)
            host = next(iter(gold)).split("/")[2]
            real.append(Listing(name, "Jannah, real", url.replace("listing.example", host), text, gold))
    return real


def shipped() -> list[tuple[str, list[Listing]]]:
    """The sets of fixtures, each with its title; no rule was changed for the last one."""
    return [
        ("Fixtures", list(listings())),
        ("A second set of fixtures", list(layouts())),
        ("A third set, written after the rules", list(unseen())),
    ]


def markdown(corpora: Sequence[tuple[str, Sequence[Listing]]]) -> str:
    """The section: a table a corpus, a row a theme, and all of them."""
    lines = ["## Finding a listing's articles", "", "Written by `python -m tests.benchmarks.listings`.", ""]
    for title, pages in corpora:
        lines += [f"### {title} ({len(pages)})", "", "| pages | articles | generic: precision | recall |"]
        lines[-1] += " with presets: precision | recall |"
        lines.append("| --- | --: | --: | --: | --: | --: |")
        themes = list(dict.fromkeys(page.theme for page in pages))
        for theme in (*themes, None):
            chosen = [page for page in pages if theme in (None, page.theme)]
            bare, preset = measure(chosen, presets=False), measure(chosen, presets=True)
            label = f"{theme}, {len(chosen)}" if theme else f"**all, {len(chosen)}**"
            figures = " | ".join(f"{n:.3f}" for n in (bare.precision, bare.recall, preset.precision, preset.recall))
            lines.append(f"| {label} | {bare.gold} | {figures} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and write the section unless --dry-run is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="print only")
    arguments = parser.parse_args()
    shared = Path(os.environ.get("WARRAQ_SHARED") or ROOT.parent / "shared")
    real = real_listings(shared / "corpus" / "listings")
    corpora = [*shipped(), ("Layouts at random", list(random_layouts()))]
    if real:
        corpora.insert(0, ("Real pages", real))
    text = markdown(corpora)
    print(text)
    if not arguments.dry_run:
        replace_section(DOCUMENT, "listings", text)


if __name__ == "__main__":
    main()
