"""Reading whole pages: the corpus, every reason for no article, and inputs made to break a reader."""

import json
from datetime import datetime
from pathlib import Path

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.extract import extract
from crawler.html.characters import line
from crawler.site import Selectors, Site
from storage.records import Capture, Reason
from tests.support.newspapers.article_pages import (
    FIRST,
    NOW,
    PROSE,
    SECOND,
    THIRD,
    TITLE,
    WHOLE,
    article,
    page,
    read,
)

# ---------------------------------------------------------------- the corpus


def test_the_seed_page_gives_every_field(shared: Path) -> None:
    gold = json.loads((shared / "corpus/seed/gold.json").read_text(encoding="utf-8"))
    result = article((shared / "corpus/seed/page.html").read_bytes(), url=gold["url"])
    assert result.title == gold["title"]
    assert result.text.split("\n\n") == gold["paragraphs"]
    assert list(result.categories) == gold["categories"]
    assert list(result.tags) == gold["tags"]
    assert list(result.authors) == gold["authors"]
    assert (result.section, result.agency, result.image) == (gold["section"], gold["agency"], gold["image"])
    assert result.published_at == datetime.fromisoformat(gold["published"])
    assert (result.published_precision, result.published_source) == ("second", "json-ld")
    assert result.modified_at == datetime.fromisoformat(gold["modified"])
    assert result.url == gold["url"]
    assert not [phrase for phrase in gold["must_not_contain"] if phrase in result.text]


def test_real_pages_give_headline_day_and_text_without_chrome(shared: Path) -> None:
    for path in sorted((shared / "corpus/pages").glob("*.html")):
        gold = json.loads(_gold(path))
        result = article(path.read_bytes(), url=gold["url"])
        assert result.title == gold["title"], path.name
        assert result.text.split("\n\n") == [line(paragraph) for paragraph in gold["paragraphs"]], path.name
        assert not [phrase for phrase in gold["must_not_contain"] if phrase in result.text], path.name
        assert result.published_at is not None, path.name
        assert result.published_at.date().isoformat() == gold["published"][:10], path.name


def _gold(path: Path) -> str:
    return path.with_name(path.name.removesuffix(".html") + ".gold.json").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_whole_wordpress_site_is_read_as_its_database_has_it(shared: Path) -> None:
    folder = shared / "corpus/wordpress"
    gold = {post["url"]: post for post in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    hidden = {post["url"] for post in map(json.loads, (folder / "hidden.jsonl").open(encoding="utf-8"))}
    site = Site("alrased", "http://alrased.test/", country="SA", timezone="Asia/Riyadh")
    seen, reasons = set(), set()
    with (folder / "alrased.test.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response":
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            status = int(record.http_headers.get_statuscode())
            got = Capture(
                url, "alrased", NOW, status, tuple(record.http_headers.headers), record.content_stream().read()
            )
            reading = extract(got, site)
            post = gold.get(url)
            if post is None or status != 200:
                assert reading.article is None, url
                reasons.add((url.rstrip("/").rsplit("/", 2)[-2], reading.reason))
                if url in hidden and status == 200:
                    assert reading.reason == Reason.PROTECTED
                continue
            seen.add(url)
            result = reading.article
            assert result.title == line(post["title"])
            assert result.published_at == datetime.fromisoformat(post["published"])
            assert result.authors == (post["author"],)
            assert set(result.categories) == set(post["categories"])
            assert set(result.tags) == set(post["tags"])
            assert result.text.split("\n\n") == [line(paragraph) for paragraph in post["paragraphs"]], url
    assert seen == set(gold)
    assert ("category", Reason.LISTING) in reasons
    assert any(reason == Reason.PROTECTED for _, reason in reasons)


def test_category_and_home_pages_are_listings(shared: Path) -> None:
    for path in sorted((shared / "corpus/listings").glob("*.html")):
        url = "https://news.example/" if "home" in path.name else "https://news.example/category/world/"
        assert read(path.read_bytes(), url=url).reason == Reason.LISTING, path.name


# ---------------------------------------------------------------- bodies


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="entry-content">{PROSE}</div>',
        f'<div itemprop="articleBody">{PROSE}</div>',
        f'<div class="x">{PROSE}</div>',
        f'<div class="x"><div>{FIRST}</div><div>{SECOND}</div><div>{THIRD}</div></div>',
        f'<div class="x">{FIRST}<br><br>{SECOND}<br/>&nbsp;<br>{THIRD}</div>',
        f'<div id="xyz-articleBody"><p>{FIRST}<br>{SECOND}</p>{THIRD}</div>',
        f'<form id="aspnetForm"><div class="news-content">{PROSE}</div></form>',
        f"<table><tr><td>{PROSE}</td><td><a href=/a>خبر</a></td></tr></table>",
    ],
)
def test_paragraphs_are_the_same_in_whatever_markup_they_stand(body: str) -> None:
    assert article(page(f"<h1>{TITLE}</h1>{body}")).text == WHOLE


def test_what_stands_in_the_body_and_is_no_text_is_left_out() -> None:
    extra = (
        '<div class="share-buttons"><a href="#">فيسبوك</a> شاركها</div><figure><img src=a.jpg><figcaption>جانب من اللقاء'
        '</figcaption></figure><p class="wp-caption-text">صورة من الأرشيف القديم</p><script>var a="نص";</script>'
        '<div class="related-posts"><h3>مقالات ذات صلة</h3><ul><li><a href=/1>خبر آخر عن الموازنة</a></li></ul></div>'
        "<p><strong>اقرأ أيضاً: <a href=/2>خبر ثان عن البرلمان</a></strong></p><p><a href=/3>إقرأ المزيد: خبر ثالث</a></p>"
        '<span style="display: none">نص لا يراه أحد</span><form class="comment-form"><label>الاسم</label></form>'
        '<div class="author-box">كاتب صحفي</div><div class="post-tags"><a href=/t>موازنة</a></div><h3>مواضيع أخرى</h3>'
    )
    assert article(
        page(f'<h1>{TITLE}</h1><div class="entry-content"><p>{FIRST}</p>{extra}<p>{SECOND}</p></div>')
    ).text == (f"{FIRST}\n\n{SECOND}")


def test_headings_lists_and_quotes_are_paragraphs_in_order() -> None:
    body = f"<p>{FIRST}</p><h2>ردود الفعل</h2><ul><li>بند أول</li><li>بند ثان</li></ul><blockquote><p>{SECOND}</p></blockquote>"
    assert article(page(f'<h1>{TITLE}</h1><div class="entry-content">{body}</div>')).text.split("\n\n") == [
        FIRST, "ردود الفعل", "بند أول", "بند ثان", SECOND,
    ]  # fmt: skip


def test_inline_markup_glues_and_blocks_part() -> None:
    body = f"<p>قال <b>الو</b>زير&nbsp;<a href=/x>أمس</a>: {SECOND}</p>"
    result = article(page(f'<h1>{TITLE}</h1><div class="entry-content">{body}</div>'))
    assert result.text == f"قال الوزير أمس: {SECOND}"


def test_a_bulletin_of_one_sentence_is_an_article() -> None:
    bulletin = "توفي اليوم الفنان الكبير فلان الفلاني عن عمر ناهز ثمانين عاما."
    chrome = "<nav><a href=/>الرئيسية</a><a href=/s>سياسة</a></nav><aside><p>" + THIRD + "</p></aside>"
    assert article(page(f'{chrome}<h1>{TITLE}</h1><div class="entry-content"><p>{bulletin}</p></div>')).text == bulletin


def test_selectors_of_the_site_win_over_everything() -> None:
    site = Site(
        "example", "https://news.example/", selectors=Selectors(body=".odd", drop=".odd .cut", headline=".head")
    )
    html = page(
        f'<h1>قسم الأخبار</h1><p class="head">{TITLE}</p><div class="entry-content">{PROSE}</div>'
        f'<div class="odd"><p>{SECOND}</p><p class="cut">{THIRD}</p></div>'
    )
    result = article(html, site)
    assert (result.title, result.text) == (TITLE, SECOND)


def test_a_byline_in_the_text_is_an_author_and_no_text() -> None:
    body = f'<div class="entry-content"><p>حوار: آسيا العتروس</p>{PROSE}<p>المصدر: رويترز</p></div>'
    result = article(page(f"<h1>{TITLE}</h1>{body}"))
    assert (result.authors, result.agency, result.text) == (("آسيا العتروس",), "رويترز", WHOLE)


# ---------------------------------------------------------------- reasons


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, Reason.NOT_FOUND),
        (410, Reason.NOT_FOUND),
        (401, Reason.LOGIN),
        (403, Reason.BLOCKED),
        (429, Reason.BLOCKED),
        (301, Reason.HTTP_ERROR),
        (500, Reason.HTTP_ERROR),
    ],
)
def test_a_status_that_is_no_success_is_the_reason(status: int, reason: Reason) -> None:
    assert read(page(f"<h1>{TITLE}</h1>{PROSE}"), status=status).reason == reason


CARDS = "".join(
    f'<article><h2><a href="/n/{n}">{TITLE} رقم {n}</a></h2><p>{FIRST[:90]}</p></article>' for n in range(12)
)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n ", Reason.EMPTY),
        (page(""), Reason.EMPTY),
        (page(f"<h1>{TITLE}</h1>"), Reason.EMPTY),
        (page(f'<div class="entry-content">{PROSE}</div>'), Reason.UNTITLED),
        (page(f"<h1>{TITLE}</h1><form class='post-password-form'><p>{FIRST}</p></form>"), Reason.PROTECTED),
        (page(f"<h1>رياضة</h1>{CARDS}", classes="archive category category-7"), Reason.LISTING),
        (page(f"<h1>رياضة</h1>{CARDS}", head='<meta property="og:type" content="website">'), Reason.LISTING),
        (page("<h1>عذراً، الصفحة غير موجودة</h1><p>جرب البحث عن شيء آخر في الموقع من فضلك.</p>"), Reason.SOFT_404),
        (page(PROSE, head="<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>"), Reason.CHALLENGE),
        (page("<h1>Budget approved</h1>" + "<p>The cabinet approved the budget of next year.</p>" * 5), Reason.NOT_ARABIC),
        (page("<h1>بودجه سال آینده</h1>" + "<p>دولت لایحه بودجه را که برای سال آینده است به مجلس داد و این را گفت.</p>" * 4), Reason.NOT_ARABIC),
        (page("<h1>فيديو</h1><video src=a.mp4></video>", head='<meta property="og:type" content="video.other">'), Reason.VIDEO),
        (b"%PDF-1.7 ...", Reason.NOT_HTML),
        (bytes(range(256)) * 64, Reason.NOT_HTML),
        ('<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', Reason.NOT_HTML),
        ('{"title": "x"}', Reason.NOT_HTML),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article_says_why(html: str | bytes, reason: Reason) -> None:
    reading = read(html)
    assert reading.reason == reason
    assert reading.article is None


def test_html_without_a_declared_type_is_read_and_an_image_is_not() -> None:
    html = page(f"<h1>{TITLE}</h1>{PROSE}")
    assert article(html, kind=None).text == WHOLE
    assert article(html, kind="text/plain").text == WHOLE
    assert read(html, kind="image/png").reason == Reason.NOT_HTML


# ---------------------------------------------------------------- hostile


def test_a_paragraph_of_five_megabytes_is_read() -> None:
    text = f"{FIRST} " * 25_000
    assert article(page(f"<h1>{TITLE}</h1><div class=entry-content><p>{text}</p></div>")).text == text.strip()


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>{TITLE}</h1>" + "<div>" * 200_000 + FIRST,
        f"<h1>{TITLE}</h1><div class=entry-content><p>{FIRST}</p>" + "<span class=related>" * 100_000,
        f"<h1>{TITLE}</h1>" + "<blockquote>" * 900 + PROSE,
        f"<h1>{TITLE}</h1>" + "".join(f"<a href=/{n}>خبر رقم {n}</a> " for n in range(50_000)) + PROSE,
        "".join(f"<h1>{TITLE} {n}</h1>" for n in range(5_000)) + PROSE,
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + f"<h1>{TITLE}</h1>{PROSE}",
        "<script type='application/ld+json'>" + '{"a":' * 50_000 + "</script>" + f"<h1>{TITLE}</h1>{PROSE}",
        "<meta property='article:tag' content='وسم'>" * 20_000 + f"<h1>{TITLE}</h1>{PROSE}",
        f"<h1>{TITLE}</h1>{PROSE}<!-- " + "x" * 500_000,
        f"<h1>{TITLE}</h1>" + "<table><tr><td>" * 400 + PROSE,
        f"<h1>{TITLE}</h1><select>" + "<option>خبر" * 20_000 + f"</select>{PROSE}",
    ],
    ids=["deep", "deep-inline", "quotes", "links", "headlines", "json-lists", "json-objects", "metas", "comment", "tables", "options"],
)  # fmt: skip
@pytest.mark.timeout(60)
def test_markup_made_to_exhaust_a_reader_ends_in_a_reading(html: str) -> None:
    reading = read(f"<html><body>{html}")
    assert (reading.article is not None) != bool(reading.reason)


@pytest.mark.slow
def test_fifty_thousand_links_are_no_text() -> None:
    links = "".join(f"<a href=/{n}>خبر رقم {n}</a> " for n in range(50_000))
    assert article(page(f"<h1>{TITLE}</h1><div>{links}</div><div>{PROSE}</div>")).text == WHOLE


def test_what_trafilatura_raises_does_not_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(*_: object, **__: object) -> None:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr(trafilatura, "bare_extraction", raising)
    assert article(page(f"<h1>{TITLE}</h1><div class=x>{PROSE}</div>")).text == WHOLE


@settings(max_examples=60)
@given(st.binary(max_size=600))
def test_no_bytes_raise(body: bytes) -> None:
    reading = read(b"<html><body>" + body)
    assert (reading.article is not None) != bool(reading.reason)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div class=related>", "</div>", "<h1>", "<form>", "<br>", "<li>", "<table>",
                                 "<a href=//[>", "<time datetime=x>", '<link rel=canonical href="http://[">', FIRST, TITLE]),
                max_size=30))  # fmt: skip
def test_no_arrangement_of_elements_raises_and_reading_is_repeatable(parts: list[str]) -> None:
    html = "<html><body>" + "".join(parts)
    assert read(html) == read(html)
