"""Pages that show one text in place of several articles: a notice, a consent form, an advertisement, another article."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from storage.archive import Archive
from storage.db.schema import articles, captures, events, versions
from storage.identity.addresses import ShownPage
from storage.identity.repeated import Replaced, is_unrelated, repeated
from tests.support.archives import rows
from tests.support.faults.crawls import crawl_at
from tests.support.hostile import Answer, Server, page, robots
from tests.support.running import warraq

START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=20)
NUMBERS = range(1, 13)
_NOUNS = re.findall(
    r"\w+",
    """
    مدينة وزارة ميناء جسر طريق مدرسة جامعة مستشفى سوق زراعة مياه كهرباء مطار قطار حديقة مكتبة متحف فريق بطولة
    مباراة لاعب مدرب جمهور ملعب مصرف شركة عمال مصنع إنتاج أسعار سكان قرية محافظة برلمان قانون لجنة تقرير دراسة
    باحث طالب معلم طبيب مريض دواء طقس أمطار رياح حرارة ساحل نهر جبل واد صحراء خيمة سفينة شاحنة حافلة رصيف نافذة
    مسرح رواية قصيدة لوحة معرض عازف نحات كاتب ناشر محرر مصور صياد نجار حداد خباز طاه نادل سائق طيار بحار حارس
    قاض محام شاهد متهم شرطي إطفائي مسعف متطوع
    """,
)
_WORDS = [f"{before}{noun}" for noun in _NOUNS for before in ("", "ال", "بال", "كال")]
NOTICE = (
    "إلى قرائنا الأعزاء",
    [
        "تحتفل صحيفتكم بعيدها العشرين وتدعوكم إلى حفل استقبال في مقرها، وسيعود موقعنا إليكم قريبا بحلة جديدة وخدمات أوسع."
    ],
)
CONSENT = (
    "نحن نهتم بخصوصيتك",
    [
        "نستخدم نحن وشركاؤنا ملفات تعريف الارتباط لتخزين المعلومات على جهازك والوصول إليها لأغراض القياس والإعلان.",
        "بموافقتك يمكننا استعمال بيانات الموقع الجغرافي الدقيقة، ويمكنك الرفض أو تغيير اختيارك متى شئت.",
    ],
)


def story(number: int) -> tuple[str, list[str]]:
    chosen = Random(number).sample(_WORDS, 48)
    paragraphs = [f"أعلن {' '.join(chosen[start : start + 14])} صباح اليوم." for start in (6, 20, 34)]
    return f"خبر عن {' '.join(chosen[:6])}", paragraphs


def shown(title: str, paragraphs: list[str]) -> Answer:
    """The page of an article, in the design of the newspaper."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return page(
        f'<html lang="ar" dir="rtl"><head><title>{title} - الفجر</title></head><body><nav><a href="/">الرئيسية</a>'
        f'<a href="/c/a/">محليات</a></nav><main><article><h1>{title}</h1><time datetime="2026-05-01T10:00:00+03:00">'
        f'2026-05-01</time><div class="content">{text}</div></article></main><footer>جريدة الفجر</footer></body></html>'
    )


def bare(title: str, paragraphs: list[str]) -> Answer:
    """A page of nobody's design."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return page(f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text * 3}</body></html>")


def listing(numbers: Any) -> Answer:
    cards = "".join(f'<div class="card"><h3><a href="/n/{n}/">{story(n)[0]}</a></h3></div>' for n in numbers)
    return page(
        f'<html lang="ar" dir="rtl"><body><nav><a href="/c/a/">محليات</a></nav><main><div class="list">{cards}</div>'
        "</main></body></html>"
    )


class Paper:
    """A newspaper of twelve articles, and the crawls of it."""

    def __init__(self, folder: Path, server: Server, db_url: str) -> None:
        self.folder, self.server, self.db_url = folder, server, db_url
        server.answers = {"/": listing(NUMBERS), "/c/a/": listing(NUMBERS), "/robots.txt": robots("")}
        self.show(NUMBERS)

    def show(self, numbers: Any, answer: Answer | None = None) -> None:
        self.server.answers |= {f"/n/{n}/": answer or shown(*story(n)) for n in numbers}

    def crawl(self, hours: float) -> dict[str, Any]:
        at = START + timedelta(hours=hours)
        return crawl_at(at, self.server.url(), folder=self.folder, db_url=self.db_url).site

    def read(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[str | None], list[dict[str, Any]]]:
        """The articles, the versions after the first, the reasons of the captures, the events."""
        with Archive.open(self.folder / "archive", self.db_url) as archive:
            edits = [row for row in rows(archive, versions) if row["number"] > 1]
            return (
                rows(archive, articles),
                edits,
                [row["reason"] for row in rows(archive, captures)],
                rows(archive, events),
            )


@pytest.fixture
def paper(tmp_path: Path, crawled_database_url: str) -> Iterator[Paper]:
    with Server() as server:
        newspaper = Paper(tmp_path, server, crawled_database_url)
        assert newspaper.crawl(0)["new"] == len(NUMBERS)
        yield newspaper


@pytest.mark.parametrize(
    "instead",
    [
        pytest.param(shown(*NOTICE), id="a notice in the site's design"),
        pytest.param(shown(*CONSENT), id="a consent form in the site's design", marks=pytest.mark.slow),
        pytest.param(bare(*NOTICE), id="a page of no design"),
        pytest.param(shown(*story(500)), id="one and the same report", marks=pytest.mark.slow),
        pytest.param(shown(*story(1)), id="another article of the archive", marks=pytest.mark.slow),
    ],
)
def test_one_text_in_place_of_several_articles_is_an_edit_of_none(paper: Paper, instead: Answer) -> None:
    paper.show((3, 7, 9), instead)
    ran = paper.crawl(5)
    held, edits, reasons, history = paper.read()
    assert (ran["new"], ran["changed"], ran["gone"], edits, history) == (0, 0, 0, [], [])
    assert reasons.count("repeated") == 3
    assert ran["not_articles"] == {"repeated": 3}
    assert {row["title"] for row in held} == {story(n)[0] for n in NUMBERS}
    paper.show(NUMBERS)
    ran = paper.crawl(30)
    assert (ran["changed"], ran["gone"], paper.read()[1]) == (0, 0, []), "it is back, and nothing had happened to it"
    assert warraq("verify", "--db", paper.db_url, cwd=paper.folder).code == 0


def test_one_article_that_is_replaced_is_an_edit_and_the_same_text_elsewhere_is_none(paper: Paper) -> None:
    paper.show([3], shown(*NOTICE))
    assert paper.crawl(5)["changed"] == 1, "a newspaper may put another text at one address"
    paper.show([7], shown(*NOTICE))
    assert paper.crawl(30)["changed"] == 0
    assert [row["title"] for row in paper.read()[1]] == [NOTICE[0]]


def versions_in(folder: Path) -> tuple[list[tuple[str, int, str]], list[str]]:
    """The versions in a folder's archive, and the reasons that its captures have."""
    with Archive.open(folder / "archive") as archive:
        urls = {row["id"]: row["url"] for row in rows(archive, articles)}
        held = sorted((urls[row["article_id"]], row["number"], row["title"]) for row in rows(archive, versions))
        return held, sorted(row["reason"] for row in rows(archive, captures) if row["reason"] is not None)


@pytest.mark.parametrize("by", ["import", "rebuild"])
def test_the_same_captures_give_the_same_versions_by_every_way(tmp_path: Path, by: str) -> None:
    """A notice in place of three articles, one that is replaced for good, and one that breaks off."""
    with Server() as server:
        paper = Paper(tmp_path, server, f"sqlite:///{tmp_path}/archive/warraq.db")
        paper.crawl(0)
        paper.show((3, 7, 9), shown(*NOTICE))
        paper.show([5], shown(*story(50)))
        title, paragraphs = story(8)
        cut = shown(title, paragraphs[:2])
        whole = bytearray()
        cut(SimpleNamespace(send=whole.extend))  # type: ignore[arg-type]
        paper.show([8], page(bytes(whole).partition(b"\r\n\r\n")[2].partition(b"</div>")[0]))
        paper.crawl(5)
        paper.show(NUMBERS)
        paper.show([5], shown(*story(50)))
        paper.crawl(30)
        before = versions_in(tmp_path)
        assert [reason for reason in before[1] if reason != "listing"] == ["cut-short", *["repeated"] * 3]
        assert [number for _, number, _ in before[0] if number > 1] == [2]
    if by == "rebuild":
        for path in (tmp_path / "archive").glob("warraq.db*"):
            path.unlink()
        assert warraq("repair", cwd=tmp_path).code == 0
        assert versions_in(tmp_path) == before
        return
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    files = [str(path) for path in sorted((tmp_path / "archive" / "warc").glob("*.warc.gz"))]
    assert warraq("import", *files, cwd=elsewhere).code == 0
    again = versions_in(elsewhere)
    assert (again[0], [reason for reason in again[1] if reason != "listing"]) == (
        before[0],
        [reason for reason in before[1] if reason != "listing"],
    )


@pytest.mark.slow
def test_a_reextraction_makes_no_edit_of_it_either(paper: Paper) -> None:
    paper.show((3, 7, 9), shown(*NOTICE))
    paper.crawl(5)
    ran = warraq("reextract", "--db", paper.db_url, cwd=paper.folder)
    assert ran.code == 0, ran.err
    assert paper.read()[1] == []


@pytest.mark.slow
def test_articles_that_are_rewritten_each_in_its_own_way_are_edits(paper: Paper) -> None:
    for number in (3, 7):
        paper.show([number], shown(*story(100 + number)))
    assert paper.crawl(5)["changed"] == 2


def _replaced(article_id: int, number: int, shown_text: str = "a", *, unrelated: bool = True) -> Replaced:
    title, paragraphs = story(number)
    key = f"paper.example/n/{number}"
    return Replaced(article_id, ShownPage(key, f"https://{key}", title, "\n\n".join(paragraphs)), shown_text, unrelated)


def _page(number: int) -> ShownPage:
    return _replaced(0, number).before


def test_copies_of_one_article_may_be_replaced_alike() -> None:
    assert repeated([_replaced(1, 3), _replaced(2, 3)], {}) == set()
    assert repeated([_replaced(1, 3), _replaced(2, 4)], {}) == {0, 1}
    assert repeated([_replaced(1, 3), _replaced(2, 4, unrelated=False)], {}) == {0, 1}
    assert repeated([_replaced(1, 3, unrelated=False), _replaced(2, 4, unrelated=False)], {}) == set(), "they grew"
    assert repeated([_replaced(1, 3), _replaced(2, 4, "b")], {}) == set()
    assert repeated([_replaced(1, 3)], {"a": [(1, _page(9))]}) == set(), "it had that text before"
    assert repeated([_replaced(1, 3)], {"a": [(2, _page(9))]}) == {0}
    assert repeated([_replaced(1, 3)], {"a": [(2, _page(9)), (2, _page(3))]}) == set(), "the other one was a copy of it"


def test_a_report_that_grows_out_of_its_first_line_is_related_to_it() -> None:
    line = "عاجل: انهيار جزء من الجسر القديم في العاصمة ولا أنباء عن ضحايا"
    report = f"قالت البلدية إن جزءا من الجسر القديم في العاصمة تعرض فجر اليوم إلى انهيار، ولا ضحايا. {story(4)[1][0]}"
    assert not is_unrelated(line, report)
    assert is_unrelated(NOTICE[1][0], "\n".join(story(4)[1]))
