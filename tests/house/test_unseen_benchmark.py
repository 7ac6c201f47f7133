"""The benchmark of unseen sites: pages are the same in every run, say what their gold says, and keep it when scrambled."""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from crawler.html.decode import decode
from storage.arabic import tokens
from tests.benchmarks.engines.corpora import Case
from tests.benchmarks.engines.scores import score
from tests.benchmarks.invented import (
    developed,
    developed_desks,
    developed_genres,
    developed_later,
    developed_latest,
    developed_more,
    developed_outlets,
    developed_portals,
    developed_regions,
    developed_varied,
    held_out,
    sets,
)
from tests.benchmarks.invented.sets import invented_sites
from tests.benchmarks.invented.sites import Build, InventedSite, make_site
from tests.benchmarks.reading.ablation import PARTS, WHOLE, ablation, take_away
from tests.benchmarks.reading.runs import SETS
from tests.benchmarks.scramble import ALL, Levels, scrambled
from tests.benchmarks.unseen import main

PACKAGES = {
    "developed": developed,
    "developed_more": developed_more,
    "developed_later": developed_later,
    "developed_latest": developed_latest,
    "developed_varied": developed_varied,
    "developed_outlets": developed_outlets,
    "developed_portals": developed_portals,
    "developed_regions": developed_regions,
    "developed_desks": developed_desks,
    "developed_genres": developed_genres,
    "held_out": held_out,
}
BUILDS = {
    f"{name} {build.name}": (build, package.WORDS) for name, package in PACKAGES.items() for build in package.BUILDS
}
every_build = pytest.mark.parametrize("name", BUILDS)


@cache
def site(name: str, scramble: Levels | None = None) -> InventedSite:
    build, words = BUILDS[name]
    return make_site(build, words, articles=30, scramble=scramble)


def visible(case: Case) -> str:
    tree = html.document_fromstring(decode(case.body, case.content_type).text)
    for element in tree.xpath("//head | //script | //style"):
        element.drop_tree()
    return f" {' '.join(tokens(' '.join(tree.itertext())))} "


@cache
def words(text: str) -> str:
    return f" {' '.join(tokens(text))} "


@every_build
def test_a_site_is_the_same_in_every_run_and_another_for_another_seed(name: str) -> None:
    build, rules = BUILDS[name]
    made = make_site(build, rules, articles=12)
    assert made == make_site(build, rules, articles=12)
    assert made.cases != make_site(build, rules, articles=12, seed=2).cases


@every_build
def test_a_site_has_articles_and_listings_of_its_own(name: str) -> None:
    made = site(name)
    urls = {case.gold.url for case in made.cases}
    assert len(urls) == len({case.gold.title for case in made.cases}) == 30
    assert [len(page.gold) for page in made.listings] == [10] * 7
    assert [page.home for page in made.listings].count(True) == 1
    for page in made.listings:
        assert urls.issuperset(page.gold)
        links = {link for _, _, link, _ in _linked(page.body, page.url)}
        assert links.issuperset(page.gold)


def _linked(body: bytes, url: str) -> list[tuple[object, str, str, int]]:
    tree = html.document_fromstring(body)
    tree.make_links_absolute(url)
    return list(tree.iterlinks())


@every_build
@pytest.mark.parametrize(
    "levels",
    [
        pytest.param(None, id="as it is"),
        pytest.param(Levels(), id="scrambled", marks=pytest.mark.slow),
        pytest.param(ALL, id="scrambled, all"),
    ],
)
def test_a_page_says_what_its_gold_says_and_what_must_not_leak(name: str, levels: Levels | None) -> None:
    for case in site(name, levels).cases:
        text = visible(case)
        for line in (case.gold.title, *case.gold.paragraphs, *case.gold.must_not_contain):
            assert words(line) in text, (case.name, line)
        for each in (*case.gold.authors, *case.gold.categories, case.gold.agency, case.gold.subtitle):
            assert each is None or words(each) in text, (case.name, each)
        for tag in case.gold.tags:
            assert levels or words(tag) in words(decode(case.body, case.content_type).text), (case.name, tag)


@every_build
def test_the_articles_of_a_site_do_not_repeat_each_other(name: str) -> None:
    count = Counter(line for case in site(name).cases for line in set(case.gold.paragraphs))
    assert max(count.values()) <= 2, count.most_common(3)


@every_build
def test_the_gold_itself_is_a_perfect_answer(name: str) -> None:
    for case in site(name).cases:
        known = case.gold
        answer = {each: getattr(known, each) for each in ("text", "title", "published", "agency", "image", "subtitle")}
        answer |= {"authors": known.authors, "tags": known.tags, "sections": known.categories}
        assert score(answer, known, page=case.name, kind="", now=case.fetched_at).faults == ()


def test_a_scrambled_page_keeps_its_text_and_nothing_that_speaks() -> None:
    page = (
        '<html><head><meta name="author" content="سمر"><script type="application/ld+json">{}</script></head>'
        '<body><nav id="menu">الرئيسية</nav><main class="a post-body"><h1 itemprop="headline">العنوان</h1>'
        '<p class="a">نص <time datetime="2025-01-01">أمس</time></p></main></body></html>'
    )
    other = scrambled(page, seed="site", levels=Levels())
    tree = html.document_fromstring(other)
    assert " ".join(tree.text_content().split()) == "الرئيسيةالعنواننص أمس"
    assert not tree.xpath("//meta | //script | //nav | //main | //h1 | //time | //@itemprop | //@datetime")
    assert "post-body" not in other
    main_names = tree.xpath("//div[p]/@class")[0].split()
    assert tree.xpath("//p/@class") == main_names[:1], "the same name has the same hash"
    assert scrambled(page, seed="site", levels=Levels()) == other != scrambled(page, seed="else", levels=Levels())
    assert "post-body" in scrambled(page, seed="site", levels=replace(Levels(), names=False))


def test_furniture_gets_other_words_and_names_keep_theirs() -> None:
    first = site("developed nextjs").cases[0]
    changed = site("developed nextjs", ALL).cases[0]
    assert len(first.gold.must_not_contain) == len(changed.gold.must_not_contain)
    assert set(first.gold.must_not_contain) & set(changed.gold.must_not_contain) < set(first.gold.must_not_contain)
    assert changed.gold.paragraphs == first.gold.paragraphs


@pytest.mark.slow
def test_a_run_prints_a_table_of_the_set(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    few: list[Build] = list(developed.BUILDS[:2])
    monkeypatch.setattr(developed, "BUILDS", few)
    monkeypatch.setattr(developed_more, "BUILDS", [])
    assert len(invented_sites("developed", articles=10)) == 2
    assert main(["--set", "developed", "--per-site"]) == 0
    printed = capsys.readouterr().out
    for each in ("| **Warraq** |", "| Warraq, 20 pages learned |", "| trafilatura |", "| home pages |", few[1].name):
        assert each in printed
    assert {"developed", "scrambled"} <= set(SETS)


@pytest.mark.slow
def test_an_ablation_prints_what_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    for package in PACKAGES.values():
        monkeypatch.setattr(package, "BUILDS", [] if package is developed_more else package.BUILDS[:1])
    text = ablation(Path("no corpus"), seed=1, parts=(WHOLE, "weight of prose"))
    assert text.count("| weight of prose |") == text.count("| – |") == len(sets.PACKAGES)


@pytest.mark.parametrize("part", [each for each in PARTS if each != WHOLE])
def test_a_part_is_taken_away_where_it_is_imported(part: str) -> None:
    with ProcessPoolExecutor(1, initializer=take_away, initargs=(part,)) as pool:
        assert pool.submit(_remaining, part).result() == []


def _remaining(part: str) -> list[str]:
    """Modules of the crawler that still hold an original; a fork inherits the test's own unchanged table."""
    originals = {id(original) for original, _ in PARTS[part]}
    return [
        f"{module.__name__}.{name}"
        for module in list(sys.modules.values())
        if module.__name__.startswith("crawler")
        for name, value in vars(module).items()
        if id(value) in originals
    ]
