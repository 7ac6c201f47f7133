"""Sections, categories, tags and bylines of a page."""

import pytest

from crawler.extract import extract
from crawler.extract.fields.bylines import read_byline, read_source, split_authors
from storage.records import Capture
from tests.support.rooms.fields import NOW, PROSE, SITE, TITLE, article, said


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("بقلم: أحمد علي", ["أحمد علي"]),
        ("كتبت أسماء نصار", ["أسماء نصار"]),
        ("كتب: أحمد علي ومحمد سالم", ["أحمد علي", "محمد سالم"]),
        ("أحمد علي، منى سعيد", ["أحمد علي", "منى سعيد"]),
        ("حسام أبو العلا - القاهرة", ["حسام أبو العلا"]),
        ("عمر وائل", ["عمر وائل"]),
        ("وليد جنبلاط", ["وليد جنبلاط"]),
        ("سمر العلي وكالة الأناضول", ["سمر العلي وكالة الأناضول"]),
        ("المصدر: وكالة الأناضول", []),
        ("View all posts by هيئة التحرير", ["هيئة التحرير"]),
        ("كتب: القسم الخارجي", []),
        ("مكتب القاهرة - سمر العلي", ["سمر العلي"]),
        ("ن. ح", []),
        ("https://www.facebook.com/someone", []),
        ("admin", []),
        ("صحيفة المثال", []),
        ("Cdnarabic; I; Logo Png https://x.y/z.png", []),
        ("", []),
    ],
)
def test_writers_are_named_without_role_place_or_site(raw: str, names: list[str]) -> None:
    assert split_authors(raw, site_names=frozenset({"صحيفة المثال"})) == names


def test_lines_that_only_look_like_bylines_are_text() -> None:
    assert read_byline("بقلم أحمد علي") == ["أحمد علي"]
    assert read_byline("كتب الوزير في رسالته إن الاتفاق لم يكتمل بعد.") == []
    assert read_byline("إعداد الموازنة العامة للدولة") == []
    assert read_source("المصدر: رويترز") == "رويترز"
    assert read_source("(أ ف ب)") == "أ ف ب"
    assert read_source("(مصدر في الوزارة)") is None
    assert read_source("المصدر الذي طلب عدم ذكر اسمه قال") is None


def test_the_writer_is_taken_from_json_meta_or_byline() -> None:
    assert article(said(author=[{"@type": "Person", "name": "أحمد علي"}])).authors == ("أحمد علي",)
    assert article('<meta name="author" content="أحمد علي">').authors == ("أحمد علي",)
    assert article(before='<div class="writeBy">كتبت أسماء نصار</div>').authors == ("أسماء نصار",)
    assert article('<meta name="author" content="صحيفة المثال">').authors == ()


def test_one_string_of_sections_is_several_categories() -> None:
    result = article(said(articleSection="آسيا,أخبار العالم"))
    assert (result.section, result.categories) == ("آسيا", ("آسيا", "أخبار العالم"))


def test_a_breadcrumb_gives_the_section_without_home_and_headline() -> None:
    crumbs = f'<div class="breadcrumb"><a href="/">الرئيسية</a><a href="/e">اقتصاد</a><a href="/1">{TITLE}</a></div>'
    assert article(before=crumbs).section == "اقتصاد"


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        ('<meta property="article:tag" content="نفط"><meta property="article:tag" content="أوبك">', ("نفط", "أوبك")),
        (said(keywords="أسعار النفط، أوبك؛ موازنة العام"), ("أسعار النفط", "أوبك", "موازنة العام")),
        ('<meta name="keywords" content="أسعار النفط, موازنة العام">', ("أسعار النفط", "موازنة العام")),
        (f'<meta name="keywords" content="{",".join(TITLE.split())}">', ()),
        ('<meta name="keywords" content="أخبار,عاجل">', ()),
    ],
)
def test_tags_are_those_an_editor_chose(head: str, tags: tuple[str, ...]) -> None:
    assert article(head).tags == tags


def test_tags_are_read_from_the_page() -> None:
    links = '<div class="tags"><a href="/tag/1">نفط</a> <a href="/tag/2">أوبك</a></div>'
    assert article(after=links).tags == ("نفط", "أوبك")


@pytest.mark.parametrize(
    "path",
    [
        '<div class="x"><a href="/">الرئيسية</a> &gt; <a href="/e">اقتصاد</a></div>',
        '<p><a href="/">الصفحة الرئيسية</a> » <a href="/e">اقتصاد</a> » <a href="/n">{}</a></p>',
        '<div class="x"><a href="/">الرئيسية</a><span>/</span><a href="/e">اقتصاد</a></div>',
        '<div class="crumbs"><a href="/">الرئيسية</a><a href="/e">اقتصاد</a></div>',
    ],
)
def test_a_path_is_known_by_its_shape(path: str) -> None:
    result = article(before=path.format(TITLE))
    assert (result.section, result.categories) == ("اقتصاد", ("اقتصاد",))


def test_a_menu_that_begins_with_the_home_page_is_no_path() -> None:
    menu = '<div><a href="/">الرئيسية</a> <a href="/p">سياسة</a> <a href="/e">اقتصاد</a> <a href="/s">رياضة</a></div>'
    assert article(before=menu).section is None


def test_the_entry_that_the_menu_marks_as_open_is_the_section_where_the_address_agrees() -> None:
    menu = '<ul><li><a class="nav-on" href="/economy/">اقتصاد</a></li><li><a href="/sport/">رياضة</a></li></ul>'
    assert article(before=menu, url="https://news.example/2025/economy/1.html").section == "اقتصاد"
    assert article(before=menu, url="https://news.example/2025/sport/1.html").section is None


def test_badges_in_the_articles_own_footer_count_and_those_of_the_pages_do_not() -> None:
    badges = '<footer><a rel="category tag" href="/e">اقتصاد</a> <a rel="tag" href="/t">نفط</a></footer>'
    assert (article(after=badges).categories, article(after=badges).tags) == (("اقتصاد",), ("نفط",))
    html = f'<body><h1>{TITLE}</h1><div class="entry-content">{PROSE}</div>{badges}</body>'
    extraction = extract(
        Capture("https://news.example/n/1", "example", NOW, 200, (), f"<html>{html}</html>".encode()), SITE
    )
    assert extraction.article.categories == ()


def test_a_layout_that_is_named_after_its_sidebar_hides_nothing() -> None:
    inner = (
        f'<h1>{TITLE}</h1><div class="submitted">نشره <span class="username">أحمد علي</span>'
        f'<span class="username">منى سعيد</span></div><div class="entry-content">{PROSE}</div>'
        '<ul class="tags"><li><a rel="tag" href="/t">نفط</a></li></ul>'
    )
    html = f'<html><body class="one-sidebar sidebar-first"><div class="with-sidebar widget-area">{inner}</div></body></html>'
    result = extract(Capture("https://news.example/n/1", "example", NOW, 200, (), html.encode()), SITE).article
    assert (result.authors, result.tags) == (("أحمد علي", "منى سعيد"), ("نفط",))


def test_tags_that_are_shown_as_chips_over_an_empty_link_are_read() -> None:
    chip = '<div><h3><a href="/search/{0}/ar"></a> {0}</h3></div>'
    chips = f'<div class="article_tags">{chip.format("نفط")}{chip.format("أوبك")}</div>'
    assert article(after=chips).tags == ("نفط", "أوبك")


def test_a_tag_that_is_a_category_too_stays_a_tag_where_readers_see_it() -> None:
    head = said(articleSection="اقتصاد", keywords="اقتصاد، سوق المال")
    assert article(head).tags == ("سوق المال",)
    assert article(head, after='<p><a rel="tag" href="/t">اقتصاد</a></p>').tags == ("سوق المال",)
    assert article(said(articleSection="اقتصاد"), after='<p><a rel="tag" href="/t">اقتصاد</a></p>').tags == ("اقتصاد",)


def test_a_writer_who_is_named_in_hidden_bylines_only_is_none() -> None:
    hidden = '<div style="display:none" class="vcard"><a rel="author" href="/a">أحمد علي</a></div>'
    assert article('<meta name="author" content="أحمد علي">', hidden).authors == ()
    assert article('<meta name="author" content="أحمد علي">').authors == ("أحمد علي",)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("كتب بواسطة: وفاء الزهراني", ("وفاء الزهراني",)),
        ('<ul class="authors"><li><a href="/a">باسل شاهين</a></li></ul> نُشر: 28/10/2025', ("باسل شاهين",)),
        ("أحمد علي | 28 أكتوبر 2025", ("أحمد علي",)),
    ],
)
def test_a_byline_gives_names_without_role_and_date(byline: str, names: tuple[str, ...]) -> None:
    assert article(before=f'<div class="article-byline">{byline}</div>').authors == names
