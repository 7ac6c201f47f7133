"""Boilerplate that a site has alone: learned from its articles, taken off their ends, and nowhere else."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract
from crawler.html.spelling import comparable_line
from crawler.profile.furniture_lines import MOST_LINES, recurring_lines
from crawler.profile.site_profile import SiteProfile
from crawler.site import Site
from storage.records import Capture

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = Site("example", "https://news.example/")
HEAD = "صحيفة الميناء - غرفة الأخبار المركزية"
TAIL = "تصدر الصحيفة عن دار الميناء منذ عام 1961، وتوزع في مدن الساحل كلها."
CLOSING = "نهاية الخبر كما ورد إلى الصحيفة"


def paragraphs(number: int) -> list[str]:
    return [
        f"بدأت البلدية العمل في الحي رقم {number} صباح اليوم، وقال المهندس المشرف إنه سيستمر أسبوعين على الأقل.",
        f"وأضاف أن الكلفة تبلغ {number * 7} ألفا، وأن السكان سيبلغون بكل تغيير في مواعيد المياه قبل يومين منه.",
    ]


def read(paragraphs: list[str], lines: frozenset[str] = frozenset()) -> list[str]:
    body = "".join(f"<p>{line}</p>" for line in paragraphs)
    html = (
        f'<html><body><h1>بدء العمل في أحياء المدينة القديمة</h1><div class="entry-content">{body}</div></body></html>'
    )
    reading = extract(
        Capture("https://news.example/n/1", "example", NOW, 200, (("Content-Type", "text/html"),), html.encode()),
        SITE,
        profile=SiteProfile(lines),
    )
    return reading.article.text.split("\n\n")


def test_lines_that_recur_at_the_ends_of_many_articles_are_learned_and_dropped() -> None:
    lines = recurring_lines([HEAD, *paragraphs(number), TAIL, CLOSING] for number in range(10))
    assert lines == {comparable_line(HEAD), comparable_line(TAIL), comparable_line(CLOSING)}
    dirty = [HEAD, *paragraphs(40), TAIL, CLOSING]
    assert read(dirty) == dirty
    assert read(dirty, lines) == paragraphs(40)


def test_a_learned_line_within_the_text_stays() -> None:
    first, second = paragraphs(3)
    assert read([first, TAIL, second], frozenset({comparable_line(TAIL)})) == [first, TAIL, second]


def test_a_short_line_outside_of_the_learned_ones_does_not_stop_the_cut() -> None:
    lines = frozenset({comparable_line(HEAD), comparable_line(TAIL)})
    new = "تطبيق الصحيفة متاح الآن"
    assert read([new, HEAD, *paragraphs(3), TAIL, new], lines) == [new, *paragraphs(3), new]
    assert read([*paragraphs(3), TAIL, new, new], lines) == [*paragraphs(3), TAIL, new, new]


def test_an_article_of_learned_lines_alone_keeps_one() -> None:
    assert read([HEAD, TAIL], frozenset({comparable_line(HEAD), comparable_line(TAIL)})) == [HEAD]


def test_spellings_of_one_line_are_one() -> None:
    lists = [
        [*paragraphs(number), "إقرأ في العدد القادم" if number % 2 else "اقرأ في العدد القــادم"] for number in range(8)
    ]
    assert recurring_lines(lists) == {comparable_line("اقرأ في العدد القادم")}


def test_what_few_articles_share_is_not_learned() -> None:
    background = "ويذكر أن الجسر أغلق قبل عامين بعد أن ظهرت تشققات في أعمدته الوسطى."
    few = [[*paragraphs(number), background] for number in range(4)]
    assert recurring_lines(few) == frozenset()
    a_third = [[*paragraphs(number), background] if number < 6 else paragraphs(number) for number in range(18)]
    assert recurring_lines(a_third) == frozenset()
    many = [[*paragraphs(number), background] if number < 8 else paragraphs(number) for number in range(200)]
    assert recurring_lines(many) == frozenset()


def test_copies_of_one_article_count_once() -> None:
    assert recurring_lines([[*paragraphs(1), TAIL]] * 50) == frozenset()


@given(st.lists(st.lists(st.text(max_size=12), max_size=20), max_size=40))
def test_any_lists_give_a_bounded_set_of_folded_lines_whatever_their_order(lists: list[list[str]]) -> None:
    lines = recurring_lines(lists)
    assert len(lines) <= MOST_LINES
    assert "" not in lines
    assert recurring_lines(reversed(lists)) == lines


def test_a_site_of_many_lines_gives_no_more_than_the_bound() -> None:
    lines = [
        [f"سطر يتكرر {n}" for n in range(start, start + 12)] + [str(copy)]
        for start in range(0, 600, 12)
        for copy in range(9)
    ]
    assert len(recurring_lines(lines)) <= MOST_LINES
