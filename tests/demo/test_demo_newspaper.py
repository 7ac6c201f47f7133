"""The sample newspaper holds what it promises, and its pages hold what makes real ones hard to read."""

import json
import re
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo import Newspaper, SampleArticle
from crawler.demo.stories import categories, slug_of
from crawler.themes import JANNAH
from storage.records import Reason
from tests.support.rooms.demo import BASE, PAPER, TODAY, get, listed_paths, texts, tree

CHROME = (
    "أخبار عاجلة",
    "شاركها",
    "الوسوم",
    "اظهر المزيد",
    "مقالات ذات صلة",
    "اترك تعليقاً",
    "لن يتم نشر عنوان بريدك الإلكتروني.",
    "الحقول الإلزامية مشار إليها بـ",
    "شاهد أيضاً",
    "القائمة البريدية",
    "الأكثر قراءة",
    "زر الذهاب إلى الأعلى",
    "الثلاثاء, أكتوبر 28 2025",
)
BOILERPLATE = (*CHROME, "اقرأ أيضاً", "إقرأ المزيد", "المصدر", "أكمل القراءة", "صحيفة المرفأ", "http")


# What there is


def test_there_are_enough_articles_of_every_length_in_six_categories() -> None:
    articles = PAPER.articles()
    assert len(articles) >= 45
    assert len(categories()) == 6
    assert sum(category.parent is not None for category in categories().values()) == 2
    assert {article.categories[0] for article in articles} == {c.name for c in categories().values()}
    briefs = [a for a in articles if len(a.paragraphs) == 1 and 60 <= len(a.paragraphs[0]) <= 250]
    assert len(briefs) >= 7
    assert sum(3 <= len(article.paragraphs) <= 6 for article in articles) >= 20
    assert sum(len(article.paragraphs) >= 12 for article in articles) >= 4


def test_every_author_and_several_agencies_sign_articles() -> None:
    articles = PAPER.articles()
    assert len({name for article in articles for name in article.authors}) == 6
    assert any(len(article.authors) == 2 for article in articles)
    assert len({article.agency for article in articles} - {None}) >= 4
    assert any(article.agency is None for article in articles)


def test_dates_come_in_every_form_and_over_three_weeks() -> None:
    articles = PAPER.articles()
    assert {article.precision for article in articles} == {"second", "minute", "day"}
    assert {article.source for article in articles} == {"json-ld", "meta", "visible"}
    days = {(TODAY - article.published.date()).days for article in articles}
    assert min(days) == 0
    assert 18 <= max(days) <= 21
    dates = " ".join(texts(tree(a.path), ".entry-header .date")[0] for a in articles)
    for form in ("تشرين الأول 2025", "أكتوبر/تشرين الأول", "٢٠٢٥", "منذ 3 ساعات", "منذ 4 أيام", "أكتوبر 27, 2025"):
        assert form in dates


def test_no_text_is_used_twice() -> None:
    articles = PAPER.articles(2)
    for values in ([a.path for a in articles], [a.title for a in articles], [a.paragraphs[0] for a in articles]):
        assert len(set(values)) == len(values)
    lines = Counter(line for article in articles for line in article.paragraphs)
    assert not [line for line, count in lines.items() if count > 1]


def test_the_text_is_composed_and_clean(article: SampleArticle) -> None:
    for line in (article.title, *article.paragraphs, *article.tags):
        assert line == unicodedata.normalize("NFC", line).strip()
        assert not re.search(r"\s{2,}|[\n\t\u00a0\u200b-\u200f\u202a-\u202e]|\*\*|\]\(", line)
    assert not [phrase for phrase in BOILERPLATE for line in article.paragraphs if phrase in line]
    assert "إغلاق" not in article.paragraphs  # inside a line it is an ordinary word


def test_no_paragraph_reads_like_a_known_boilerplate_line(shared: Path) -> None:
    rows = [line.split("\t") for line in (shared / "facts/boilerplate_ar.tsv").read_text("utf-8").splitlines()[1:]]
    whole = {row[0] for row in rows}
    prefixes = tuple(row[0] for row in rows if row[2] == "line-prefix" and "safe" in row[-1])
    for article in PAPER.articles(2):
        for line in article.paragraphs:
            assert line not in whole
            assert not line.startswith(prefixes), line


# Article pages


def test_the_page_shows_the_article_where_the_theme_puts_it(article: SampleArticle) -> None:
    page, selectors = tree(article.path), JANNAH.selectors
    assert texts(page, selectors.headline) == [article.title]
    assert texts(page, selectors.subtitle) == ([article.subtitle] if article.subtitle else [])
    assert tuple(texts(page, selectors.authors)) == article.authors
    assert tuple(texts(page, selectors.categories)) == article.categories
    assert tuple(texts(page, selectors.breadcrumb)) == article.categories[::-1]
    assert tuple(texts(page, selectors.tags)) == article.tags
    assert texts(page, selectors.agency) == ([article.agency] if article.agency else [])
    (image,) = page.cssselect(selectors.image)
    assert image.get("src") == BASE + article.image
    assert get(article.image).kind == "image/svg+xml"


def test_the_body_holds_every_paragraph_in_order(article: SampleArticle) -> None:
    (body,) = tree(article.path).cssselect(JANNAH.selectors.body)
    text, place = body.text_content(), 0
    for line in article.paragraphs:
        position = text.find(line, place)
        assert position >= 0, line
        place = position + len(line)


def test_every_article_page_is_full_of_chrome(article: SampleArticle) -> None:
    text = get(article.path).body.decode()
    assert [phrase for phrase in CHROME if phrase not in text] == []
    visible = tree(article.path).text_content()
    assert visible.count("إغلاق") >= 2
    assert "".join(article.categories) in visible  # badges, glued
    for mark in ("#comments form#commentform", "#check-also-box", ".about-author", ".prev-next-post-nav a"):
        assert tree(article.path).cssselect(mark), mark


def test_some_bodies_hold_boxes_and_hand_made_links_that_are_no_text() -> None:
    bodies = [tree(article.path).cssselect(JANNAH.selectors.body)[0] for article in PAPER.articles()]
    assert sum(bool(body.cssselect("#inline-related-post")) for body in bodies) >= 5
    assert sum("اقرأ أيضاً:" in body.text_content() for body in bodies) >= 5
    assert sum("إقرأ المزيد" in body.text_content() for body in bodies) >= 1
    for mark in ("h2", "h3", "ul li", "ol li", "blockquote", "br + br", "strong"):
        assert any(body.cssselect(mark) for body in bodies), mark


def test_machine_readable_dates_are_the_instant_or_are_not_there(article: SampleArticle) -> None:
    page = tree(article.path)
    stated = [meta.get("content") for meta in page.cssselect('meta[property="article:published_time"]')]
    for script in page.cssselect('script[type="application/ld+json"]'):
        value = json.loads(script.text)
        nodes = value.get("@graph", [value])
        stated += [node["datePublished"] for node in nodes if "datePublished" in node]
    assert {datetime.fromisoformat(text) for text in stated} == (
        {article.published} if article.source != "visible" else set()
    )
    if article.source == "visible" and article.precision == "day":
        assert not re.search(r"/\d{4}/\d\d/", article.path)


def test_the_theme_states_its_sections_as_one_string_and_the_whole_text() -> None:
    scripts = [script for a in PAPER.articles() for script in tree(a.path).cssselect("script#tie-schema-json")]
    assert len(scripts) >= 5
    assert "كرة القدم,رياضة" in {json.loads(script.text)["articleSection"] for script in scripts}
    assert all(json.loads(script.text)["articleBody"] for script in scripts)


def test_the_top_bar_shows_the_day_and_not_the_date_of_an_article() -> None:
    assert texts(tree("/", PAPER.on(2)), ".topbar-today-date") == ["الأربعاء, أكتوبر 29 2025"]


# Listings


# Feed, sitemap, robots, odd pages


@given(st.text(max_size=60))
@settings(max_examples=40)
def test_no_target_breaks_the_newspaper(target: str) -> None:
    assert get(target).status in (200, 301, 404)


@given(st.text(max_size=120))
def test_a_slug_is_short_and_needs_no_more_encoding(title: str) -> None:
    slug = slug_of(title)
    assert len(slug) <= 200
    assert re.fullmatch(r"[0-9A-Za-z%-]*", slug)
    assert slug_of(unquote(slug)) == slug


# Days


def test_the_same_arguments_give_the_same_newspaper() -> None:
    assert Newspaper(TODAY).articles() == PAPER.articles()
    assert get("/", Newspaper(TODAY)) == get("/")


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 3))
@settings(max_examples=25)
def test_no_article_is_ever_in_the_future(today: date, day: int) -> None:
    paper = Newspaper(today, day)
    articles = paper.articles()
    assert len(articles) == len(PAPER.articles(day))
    assert all(timedelta(0) < paper.local_now - article.published < timedelta(days=22) for article in articles)
    assert all(article.modified is None or article.modified >= article.published for article in articles)


def test_relative_dates_count_back_from_now() -> None:
    now = datetime(2025, 10, 29, 3, 30, tzinfo=UTC)
    (hours,) = [a for a in Newspaper(TODAY, now=now).articles() if a.precision == "minute" and "/archives/" in a.path]
    assert hours.published == now - timedelta(hours=3)
    with pytest.raises(ValueError, match="time zone"):
        Newspaper(TODAY, now=datetime(2025, 10, 29))
    with pytest.raises(ValueError, match="first day"):
        Newspaper(TODAY, day=0)


def test_the_next_day_adds_five_edits_two_and_takes_one_down() -> None:
    before = {article.story: article for article in PAPER.articles(1)}
    after = {article.story: article for article in PAPER.articles(2)}
    assert len(after.keys() - before.keys()) == 5
    (gone,) = before.keys() - after.keys()
    changed = [story for story in before.keys() & after.keys() if before[story] != after[story]]
    titles = [story for story in changed if before[story].title != after[story].title]
    bodies = [story for story in changed if before[story].paragraphs != after[story].paragraphs]
    assert len(changed) == 2
    assert len(titles) == len(bodies) == 1
    assert titles != bodies
    for story in changed:
        assert before[story].path == after[story].path
        assert before[story].published == after[story].published
        assert after[story].modified == PAPER.on(2).changed_at
    assert get(before[gone].path, PAPER.on(2)).status == 410
    assert PAPER.on(2).withheld()[before[gone].path] is Reason.NOT_FOUND
    assert before[gone].path not in listed_paths("local", PAPER.on(2))
    assert PAPER.articles(3) == PAPER.articles(2)


def test_validators_follow_the_content_and_nothing_else() -> None:
    after, before_paths = PAPER.on(2), {a.path: a for a in PAPER.articles()}
    unchanged = [a for a in PAPER.articles(2) if before_paths.get(a.path) == a]
    assert len(unchanged) == len(before_paths) - 3
    for article in unchanged:
        first, second = get(article.path), get(article.path, after)
        assert (first.etag, first.changed) == (second.etag, second.changed)
    assert get(unchanged[0].path).body != get(unchanged[0].path, after).body  # the bar and boxes did change
    for path in ("/category/asia/", "/category/local/", "/author/desk/", "/feed/", "/", "/post-sitemap.xml"):
        first, second = get(path), get(path, after)
        assert first.etag != second.etag, path
        assert first.changed is not None
        assert second.changed is not None
        assert first.changed < second.changed, path
    assert get("/author/nader/page/2/").etag != get("/author/nader/page/2/", after).etag  # moved down by new ones
    edited = [a.path for a in PAPER.articles(2) if a.path in before_paths and before_paths[a.path] != a]
    assert all(get(path).etag != get(path, after).etag for path in edited)


# Over HTTP
