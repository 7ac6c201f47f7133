"""Where a page's date of publication is found, and which of several is taken."""

import json
from datetime import datetime

import pytest

from tests.support.rooms.fields import TITLE, article, reading, said


@pytest.mark.parametrize(
    ("head", "before", "expected", "precision", "source"),
    [
        (said(datePublished="2025-10-28T09:15:00+03:00"), "", "2025-10-28T09:15:00+03:00", "second", "json-ld"),
        ('<meta property="article:published_time" content="2025-10-28T06:15:00Z">', "", "2025-10-28T09:15:00+03:00", "second", "meta"),
        ('<meta property="article:published_time" content="1761632100">', "", "2025-10-28T09:15:00+03:00", "second", "meta"),
        ('<meta itemprop="datePublished" content="2025-10-28 09:15:00">', "", "2025-10-28T09:15:00+03:00", "second", "meta"),
        ("", '<time datetime="2025-10-28T09:15:00+03:00">أمس</time>', "2025-10-28T09:15:00+03:00", "second", "time"),
        ("", '<span class="post-date">الثلاثاء 28 أكتوبر 2025</span>', "2025-10-28T00:00:00+03:00", "day", "visible"),
        ("", "<div>28 تشرين الأول 2025</div>", "2025-10-28T00:00:00+03:00", "day", "visible"),
        ("", "<div><i></i><span>09:15 ص</span><span>الثلاثاء، 28 أكتوبر 2025</span></div>", "2025-10-28T09:15:00+03:00", "minute", "visible"),
        ("", "<div><span>28 أكتوبر 2025</span><span>09:15</span></div>", "2025-10-28T09:15:00+03:00", "minute", "visible"),
        ("", "<div><span>28 أكتوبر 2025</span><span>سوق الخضار</span><span>09:15</span></div>", "2025-10-28T00:00:00+03:00", "day", "visible"),
        ("", '<div class="date-x" data-publicationdate="2025-10-28T09:15:00+03:00">x</div>', "2025-10-28T09:15:00+03:00", "second", "time"),
    ],
)  # fmt: skip
def test_the_date_is_read_where_it_stands(head: str, before: str, expected: str, precision: str, source: str) -> None:
    result = article(head, before)
    assert result.published_at == datetime.fromisoformat(expected)
    assert (result.published_precision, result.published_source) == (precision, source)
    assert result.published_raw


@pytest.mark.parametrize(("name", "day"), [(TITLE, 27), ("إعلان قصير", 28)])
def test_a_video_with_the_pages_headline_says_when_it_appeared(name: str, day: int) -> None:
    video = {"@type": "VideoObject", "name": name, "uploadDate": "2025-10-27T09:15:00+03:00"}
    script = f'<script type="application/ld+json">{json.dumps(video)}</script>'
    assert article(script, "<div>28 تشرين الأول 2025 - 10:00</div>").published_at.day == day  # type: ignore[union-attr]


def test_the_top_bars_day_and_a_related_cards_date_are_never_the_articles() -> None:
    assert article().published_at is None


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("10 سبتمبر 2025", "2025-09-10T17:59:00+03:00"),
        ("9 أكتوبر 2025", "2025-10-09T17:59:00+03:00"),
        ("15 أكتوبر 2025", "2025-10-09T17:59:00+03:00"),
        ("", "2025-10-09T17:59:00+03:00"),
    ],
)
def test_numbers_in_metadata_are_day_and_month_in_the_order_that_the_page_shows(shown: str, expected: str) -> None:
    result = article(said(datePublished="09/10/2025 05:59:00 PM"), f'<span class="post-date">{shown}</span>')
    assert result.published_at == datetime.fromisoformat(expected)


def test_the_address_gives_the_day_when_nothing_else_does() -> None:
    result = article(url="https://news.example/2025/10/28/slug/")
    assert (result.published_source, result.published_precision) == ("url", "day")
    assert result.published_at == datetime.fromisoformat("2025-10-28T00:00:00+03:00")
    assert article(url="https://news.example/2025/10/slug/").published_precision == "month"


@pytest.mark.parametrize(
    "stated", ["2031-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "0000-00-00", "غدا", "2025-13-45", "99999999999"]
)
def test_impossible_dates_are_refused_and_the_next_statement_is_taken(stated: str) -> None:
    result = article(said(datePublished=stated), '<time datetime="2025-10-28T09:15:00+03:00"></time>')
    assert result.published_at == datetime.fromisoformat("2025-10-28T09:15:00+03:00")


def test_a_time_on_the_same_day_is_better_than_the_day_alone() -> None:
    result = article(said(datePublished="2025-10-28"), '<time datetime="2025-10-28T09:15:00+03:00"></time>')
    assert (result.published_precision, result.published_source) == ("second", "time")


def test_midnight_to_the_second_is_a_day() -> None:
    assert article(said(datePublished="2025-10-28T00:00:00+03:00")).published_precision == "day"


def test_a_change_before_publication_is_no_change() -> None:
    both = said(datePublished="2025-10-28T09:00:00+03:00", dateModified="2025-10-27T09:00:00+03:00")
    assert article(both).modified_at is None
    both = said(datePublished="2025-10-28T09:00:00+03:00", dateModified="2025-10-28T10:00:00+03:00")
    assert article(both).modified_at == datetime.fromisoformat("2025-10-28T10:00:00+03:00")


def test_an_abbreviation_tells_its_instant_in_its_title() -> None:
    result = article(before='<abbr class="published" title="2025-10-28T09:15:00+03:00">الثلاثاء</abbr>')
    assert result.published_at == datetime.fromisoformat("2025-10-28T09:15:00+03:00")


def test_a_hijri_date_beside_the_headline_is_read() -> None:
    result = article(before="<font>6 جمادى الأولى 1447 هـ</font>")
    assert result.published_at == datetime.fromisoformat("2025-10-28T00:00:00+03:00")


def test_a_shown_day_that_differs_from_the_declared_one_is_noted() -> None:
    extraction = reading(
        said(datePublished="2025-10-28T09:15:00+03:00"), '<time datetime="2025-03-02T09:00:00+03:00"></time>'
    )
    assert extraction.article.published_at == datetime.fromisoformat("2025-10-28T09:15:00+03:00")
    assert extraction.evidence["published_at"] == "json-ld datePublished; time beside the headline shows 2025-03-02"


@pytest.mark.parametrize("shown", ["28 أكتوبر 2025", "2025-10-28 12:15", "27 أكتوبر 2025"])
def test_the_same_day_in_another_zone_is_no_difference(shown: str) -> None:
    extraction = reading(said(datePublished="2025-10-28T09:15:00+03:00"), f'<span class="date">{shown}</span>')
    assert extraction.evidence["published_at"] == "json-ld datePublished"


SENTENCE = "وكان الاتفاق قد وقع في 3 مايو 2024 في العاصمة."


@pytest.mark.parametrize(
    "page",
    [
        '<main><h1>{title}</h1><div class="entry-content"><p>{text}</p><p>{sentence}</p></div></main>',
        "<main><h1>{title}</h1><div>{text}<br>{sentence}<br>{text}</div><div><span>{sentence}</span></div></main>",
        '<div><h1>{title}</h1><div class="entry-content"><p>{text}</p></div><div><span class="date">3 مايو 2024</span>'
        '<a href="/1">خبر آخر من السوق المحلية هذا الصباح</a></div></div>',
    ],
)
def test_a_day_that_the_text_or_a_card_tells_of_is_not_the_page_s(page: str) -> None:
    title = "وزير الري يتفقد محطة الرفع الجديدة في مدينة النهر"
    text = (
        "قال وزير الري خلال جولة ميدانية أمس إن المحطة الجديدة ستخدم أكثر من مئتي ألف نسمة في المدينة والقرى القريبة."
    )
    result = article(page.format(title=title, text=text, sentence=SENTENCE))
    assert (result.title, result.published_at) == (title, None)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ('<div><span><i class="fa"></i> 28 أكتوبر 2025</span></div>', "2025-10-28"),
        ("<div><div><time> ٠٢:٠٠ </time>الثلاثاء ٢٨ / ١٠ / ٢٠٢٥</div></div>", "2025-10-28"),
        (
            '<div><a href="/9">افتتاح المحطة الجديدة في ميناء المدينة</a><span class="date">28/10/2025</span></div>',
            None,
        ),
        (
            '<div><a class="byline" href="/w/7">حسام علي محرر شؤون القاهرة</a><b class="date">28/10/2025</b></div>',
            "2025-10-28",
        ),
    ],
    ids=["icon", "clock", "card", "byline"],
)
def test_a_day_beside_the_headline_is_found_behind_an_icon_a_clock_or_a_writer(
    before: str, expected: str | None
) -> None:
    result = article(before=before).published_at
    assert (result.date().isoformat() if result else None) == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("قبل 3 أيام", "2025-10-29"),
        ("أمس", "2025-10-31"),
        ("قبل أسبوع", "2025-10-25"),
        ("نشر: قبل يومين", "2025-10-30"),
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        '<span class="date">{}</span>',
        "<span>{}</span>",
        '<div><i class="fa"></i> {}</div>',
        '<div class="meta"><a href="/w">سالم علي</a> | {}</div>',
    ],
)
def test_a_relative_date_is_the_articles_and_the_day_that_a_clock_shows_is_not(
    form: str, shown: str, expected: str
) -> None:
    clock = "<div><span>السبت 1 نوفمبر 2025</span></div>"
    line = form.format(shown)
    for before, after in ((line, ""), ("", line), ("", clock + line), (clock + line, "")):
        result = article(before=after, title=f"{before or clock}<h1>{TITLE}</h1>")
        assert result.published_at.date().isoformat() == expected
        assert (result.published_precision, result.published_source) == ("day", "visible")
        assert shown in result.published_raw


@pytest.mark.parametrize("line", ["قبل الانتخابات", "الذهب قبل أسبوع", "أمس واليوم في المدينة", "قبل عام 2020"])
def test_a_kicker_with_such_a_word_is_no_date(line: str) -> None:
    assert article(before=f"<span>{line}</span>").published_at is None


def test_the_month_of_an_address_counts_where_nothing_tells_more() -> None:
    url = "https://news.example/2025/11/bridge/"
    result = article(url=url)
    assert (result.published_at.date().isoformat(), result.published_precision) == ("2025-11-01", "month")
    for shown in ("1 نوفمبر 2025", "28 أكتوبر 2025", "أمس"):
        result = article(before=f'<span class="date">{shown}</span>', url=url)
        assert (result.published_precision, result.published_source) == ("day", "visible")
    assert article(before='<span class="date">أكتوبر 2025</span>', url=url).published_source == "visible"


def test_a_day_of_the_address_is_finer_than_the_month_that_is_shown() -> None:
    result = article(before='<span class="date">أكتوبر 2025</span>', url="https://news.example/2025/10/28/bridge/")
    assert (result.published_at.date().isoformat(), result.published_precision) == ("2025-10-28", "day")
