"""The extraction benchmark: its scores are computed right, its fixtures say what their gold says, and it runs."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from crawler.html.decode import decode
from storage.arabic import tokens
from tests.benchmarks import dates, extraction
from tests.benchmarks.document import replace_section
from tests.benchmarks.engines.corpora import Case, Corpus, Gold, shared_corpora
from tests.benchmarks.engines.environments import cache_folder, python_with
from tests.benchmarks.engines.measures import Result, measure
from tests.benchmarks.engines.peers import ENGINES, TRAFILATURA, WARRAQ, Engine
from tests.benchmarks.engines.report import as_json, markdown
from tests.benchmarks.engines.scores import body, date_verdict, leaks, score, set_f1
from tests.benchmarks.fixtures import heads, wordings
from tests.benchmarks.fixtures.pages import fixtures, labels, parts, render
from tests.benchmarks.fixtures.sheets import LOOKS, SHEETS
from tests.benchmarks.fixtures.stories import stories

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CASES = {case.name: case for case in fixtures().cases}
every_page = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def gold(text: str = "قال الوزير إن القرار صدر", **fields: Any) -> Gold:
    return Gold("https://news.example/1", "عنوان الخبر", (text,), **fields)


# ---------------------------------------------------------------- scores


def test_words_count_as_often_as_they_occur() -> None:
    counted = body("خبر خبر خبر جديد", "خبر جديد جديد مهم")
    assert (counted.precision, counted.recall, counted.f1) == (2 / 4, 2 / 4, 0.5)
    assert body("خبر", "خبر جديد").f1 == pytest.approx(2 / 3)


def test_spelling_order_and_punctuation_make_no_difference() -> None:
    assert body("الى الأمام، «سِر»!", "سر إلى الامام").f1 == 1


def test_no_text_scores_nothing() -> None:
    assert body("", "خبر جديد").f1 == 0
    assert score({}, gold(), page="p", kind="", now=NOW).body.f1 == 0


def test_a_leaked_string_is_whole_words_beyond_those_of_the_text() -> None:
    known = gold("دعا إلى مشاركة الجميع", must_not_contain=("مشاركة", "اقرأ أيضاً:", "خبر آخر"))
    assert leaks("دعا إلى مشاركة الجميع", known) == ()
    assert leaks("دعا إلى مشاركة الجميع مشاركة", known) == ("مشاركة",)
    assert leaks("دعا إلى مشاركة الجميع ومشاركة غيرهم\n\nإقرأ أيضا: خبر آخرون", known) == ("اقرأ أيضاً:",)
    assert leaks("مشاركة مشاركة", known) == ("مشاركة",)


@pytest.mark.parametrize(
    ("date", "known", "verdict"),
    [
        ("2025-10-28T08:40:00+03:00", "2025-10-28T08:40:00+03:00", "right"),
        ("2025-10-28T05:40:20+00:00", "2025-10-28T08:40:00+03:00", "right"),
        ("2025-10-28T08:40:00+00:00", "2025-10-28T08:40:00+03:00", "wrong"),
        ("2025-10-28", "2025-10-28T08:40:00+03:00", "coarse"),
        ("2025-10", "2025-10-28T08:40:00+03:00", "coarse"),
        ("2025-10-27", "2025-10-28T01:40:00+03:00", "wrong"),
        ("2025-11", "2025-10-28", "wrong"),
        ("2025-10-28T23:59:00+03:00", "2025-10-28", "right"),
        ("2025-10-29T01:00:00+03:00", "2025-10-28", "wrong"),
        ("2025-10-28T08:40:00+00:00", "2025-10-28T08:40", "right"),
        ("2025-10-28T08:40:00", "2025-10-28T08:40:00+03:00", "right"),
        ("2025-10-28T05:40:00", "2025-10-28T08:40:00+03:00", "right"),
        ("28 تشرين الأول 2025", "2025-10-28", "right"),
        ("غير معروف", "2025-10-28", "none"),
        (None, "2025-10-28", "none"),
        ("2025-10-28", None, "wrong"),
        (None, None, "right"),
    ],
)
def test_a_date_is_judged_at_the_precision_of_the_gold(date: str | None, known: str | None, verdict: str) -> None:
    assert date_verdict(date, known, now=NOW) == verdict


def test_names_are_compared_as_sets_of_folded_names() -> None:
    assert set_f1(["إيمان أحمد"], ("ايمان احمد",)) == 1
    assert set_f1([], ()) == 1
    assert set_f1(None, ("سمر",)) == 0
    assert set_f1(["سمر"], ()) == 0
    assert set_f1(["سمر", "رنا", "هدى"], ("سمر",)) == pytest.approx(0.5)


def test_a_picture_is_the_same_whatever_its_scheme_and_query() -> None:
    known = gold(image="https://www.news.example/i/صورة.jpg")
    answer = {"image": "http://news.example/i/%D8%B5%D9%88%D8%B1%D8%A9.jpg?w=300"}
    assert score(answer, known, page="p", kind="", now=NOW).fields["image"] == 1
    assert score({"image": "https://news.example/i/2.jpg"}, known, page="p", kind="", now=NOW).fields["image"] == 0


def test_the_time_of_a_page_is_its_fastest_round() -> None:
    result = Result(seconds={f"p{n}": [0.010, 0.011, 5.0] for n in range(19)} | {"slow": [0.2, 0.3, 0.2]})
    assert result.pages_per_s == pytest.approx(20 / 0.39)
    assert result.p95_ms == pytest.approx(10)
    assert result.slowest_ms == pytest.approx(200)


# ---------------------------------------------------------------- fixtures


def test_there_are_sixty_pages_of_ten_themes_and_each_is_its_own() -> None:
    assert len(CASES) == len(SHEETS) >= 60
    assert len({case.kind for case in CASES.values()}) == len(LOOKS) >= 10
    assert len({case.gold.url for case in CASES.values()}) == len(CASES)
    assert min(Counter(sheet.template for sheet in SHEETS).values()) >= 3


def test_every_story_head_and_wording_is_used() -> None:
    assert {sheet.story for sheet in SHEETS} == set(stories())
    assert {sheet.head for sheet in SHEETS} == set(heads.TELLS)
    assert {sheet.date for sheet in SHEETS} == {*wordings.DAY_FORMS, *wordings.CLOCK_FORMS, "hours", "days"}


def test_pages_are_the_same_in_every_run() -> None:
    assert [render(sheet) for sheet in SHEETS] == list(CASES.values())


@every_page
def test_a_page_says_what_its_gold_says_and_what_must_not_leak(case: Case) -> None:
    text = words(visible(case))
    for paragraph in (*case.gold.paragraphs, *case.gold.must_not_contain, case.gold.title):
        assert words(paragraph) in text, paragraph
    whole = words(unescape(decode(case.body, case.content_type).text).replace("\\", ""))
    for name in (*case.gold.authors, *case.gold.categories, *case.gold.tags, case.gold.agency, case.gold.subtitle):
        assert name is None or words(name) in whole, name
    assert case.gold.image is None or case.gold.image.encode() in case.body


@every_page
def test_the_gold_itself_is_a_perfect_answer(case: Case) -> None:
    known = case.gold
    answer = {
        "text": known.text,
        "title": known.title,
        "published": known.published,
        "authors": list(known.authors),
        "sections": list(known.categories),
        "tags": list(known.tags),
        "agency": known.agency,
        "image": known.image,
        "subtitle": known.subtitle,
    }
    assert score(answer, known, page=case.name, kind=case.kind, now=case.fetched_at).faults == ()


def test_every_value_of_a_theme_is_filled() -> None:
    for case in CASES.values():
        assert not re.search(r"\$[a-z_]{3,}", visible(case)), case.name
    for template in LOOKS:
        assert "page" in parts(template)
        assert labels(template)


@pytest.mark.parametrize(
    ("form", "wording", "known"),
    [
        ("gulf", "28 أكتوبر 2025", "2025-10-28"),
        ("wordpress", "أكتوبر 28, 2025", "2025-10-28"),
        ("levant", "28 تشرين الأول 2025", "2025-10-28"),
        ("dual", "28 أكتوبر/تشرين الأول 2025", "2025-10-28"),
        ("maghreb", "الثلاثاء 28 أكتوبر 2025", "2025-10-28"),
        ("hijri", "6 جمادى الأولى 1447 هـ", "2025-10-28"),
        ("mixed", "الثلاثاء 6 جمادى الأولى 1447 هـ الموافق 28 أكتوبر 2025 م", "2025-10-28"),
        ("clock", "الثلاثاء 28 أكتوبر 2025 - 1:05 م", "2025-10-28T13:05"),
        ("indic", "٢٨ أكتوبر ٢٠٢٥ - ٠١:٠٥ م", "2025-10-28T13:05"),
        ("labelled", "تاريخ النشر: 28/10/2025 01:05 م", "2025-10-28T13:05"),
        ("hours", "منذ 3 ساعات", "2025-10-28T13:05:00+03:00"),
        ("days", "منذ 4 أيام", "2025-10-28"),
    ],
)
def test_a_date_is_worded_as_sites_word_it_and_tells_so_much(form: str, wording: str, known: str) -> None:
    when = datetime.fromisoformat("2025-10-28T13:05:30+03:00")
    assert wordings.worded(form, when) == wording
    assert wordings.known(form, when) == known


def visible(case: Case) -> str:
    """The text of the page without what stands in its head, scripts and styles."""
    tree = html.fromstring(decode(case.body, case.content_type).text)
    for element in tree.xpath("//script | //style | //head"):
        element.drop_tree()
    return " ".join(tree.itertext())


def words(text: str) -> str:
    return f" {' '.join(tokens(text))} "


# ---------------------------------------------------------------- running


def test_the_shared_corpus_is_read_with_its_gold(shared: Path) -> None:
    pages, seed = shared_corpora(shared / "corpus")
    assert pages.real
    assert len(pages.cases) >= 6
    assert seed.cases[0].gold.agency == "وكالات"
    by_name = {case.name.partition(".")[0]: case.gold for case in pages.cases}
    assert by_name["assabah"].published == "2019-02-08"  # midnight there means that only the day is known


def test_a_missing_corpus_is_noted_and_the_fixtures_remain(tmp_path: Path) -> None:
    corpora, notes = extraction._corpora(tmp_path)
    assert [corpus.name for corpus in corpora] == ["fixtures"]
    assert "not shipped" in notes[0]


def test_an_unknown_engine_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert extraction.main(["--only", "nobody"]) == 2
    assert "newspaper4k" in capsys.readouterr().err


def test_environments_lie_in_the_cache_folder_and_nobody_else_can_write_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "warraq-benchmark"
    assert cache_folder().stat().st_mode & 0o777 == 0o700


def test_what_is_installed_here_needs_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert python_with(("lxml", "trafilatura")).samefile(python_with(()))
    assert not list(tmp_path.iterdir())


def test_a_section_is_replaced_and_the_rest_of_the_document_stays(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.md"
    replace_section(path, "extraction", "## Extraction\n\nold \\1\n")
    path.write_text(path.read_text() + "\n## Links\n\nby hand\n")
    replace_section(path, "extraction", "## Extraction\n\nnew \\1\n")
    assert path.read_text().startswith(
        "# Benchmarks\n\n<!-- extraction: written by a program -->\n## Extraction\n\nnew \\1\n"
    )
    assert path.read_text().endswith("<!-- extraction: end -->\n\n## Links\n\nby hand\n")


@pytest.mark.slow
def test_a_run_measures_every_engine_and_names_the_one_that_cannot_start() -> None:
    corpus = Corpus("some", "Some pages", tuple(CASES.values())[:3])
    ghost = Engine("ghost", "no_such_reader", (), frozenset())
    run = measure([WARRAQ, TRAFILATURA, ghost], [corpus], rounds=2)
    assert [engine.name for engine in run.engines] == ["Warraq", "trafilatura"]
    assert "no_such_reader" in run.absent["ghost"]
    for engine in run.engines:
        result = run.results["some"][engine.name]
        assert [page.page for page in result.scores] == [case.name for case in corpus.cases]
        assert {len(times) for times in result.seconds.values()} == {2}
        assert result.mean("f1") > 0.5
        assert run.peak_bytes[engine.name] > 10_000_000
    table = markdown(run, [corpus], date=NOW, rounds=2, notes=["A note."])
    assert re.search(r"^\| \*\*Warraq\*\* \| \d\.\d{3} ", table, re.MULTILINE)
    assert "| ghost | not measured: could not be started: " in table
    assert json.loads(json.dumps(as_json(run, [corpus], date=NOW, rounds=2)))["rounds"] == 2


def test_the_document_names_every_engine() -> None:
    document = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    for engine in ENGINES:
        assert f"| {engine.name} |" in document
    assert "### Versions" in document


# ---------------------------------------------------------------- dates


def test_the_benchmark_of_dates_counts_what_is_right_missed_and_wrong() -> None:
    engine = dates.Engine("peer", {"أمس": "2025-10-27", "غدا": "2025-10-29"}.get, lambda got, _: got or "")
    cases = [("أمس", "2025-10-27"), ("غدا", ""), ("اليوم", "2025-10-28"), ("كلام", "")]
    lines = list(dates.measured([engine], {"forms": cases}))
    assert next(line for line in lines if line.startswith("| peer")).startswith("| peer | 2 | 1 | 1 | ")


def test_the_benchmark_of_dates_finds_every_shipped_form_right() -> None:
    warraq = next(dates.engines())
    lines = list(dates.measured([warraq], {"shipped forms": dates.tables(Path("none"))["shipped forms"]}))
    row = next(line for line in lines if line.startswith("| **Warraq**"))
    assert [cell.strip() for cell in row.split("|")[3:5]] == ["0", "0"]
