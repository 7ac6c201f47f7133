"""Every field of an article but its text: which of many statements is believed."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract
from crawler.extract.fields.bylines import read_byline, read_source, split_authors
from crawler.extract.fields.headline import strip_site
from crawler.site import Site
from storage.records import Article, Capture, Extraction

NOW = datetime(2025, 11, 1, 12, tzinfo=UTC)
SITE = Site("example", "https://news.example/", title="صحيفة المثال", country="SA", timezone="Asia/Riyadh")
TITLE = "مجلس الوزراء يقر موازنة العام المقبل بعد نقاش طويل"
PROSE = "".join(
    f"<p>{text}</p>"
    for text in (
        "أقر مجلس الوزراء في جلسته الأسبوعية موازنة العام المقبل بعد نقاش استمر ساعات، وقال الوزير إن الإنفاق سيرتفع.",
        "وأضاف الوزير أن المشروع سيحال على البرلمان خلال الأسبوع المقبل لمناقشته وإقراره قبل نهاية السنة.",
        "ورحبت هيئات اقتصادية بالقرار، في حين حذر خبراء من ارتفاع العجز إذا انخفضت أسعار النفط في الأسواق.",
    )
)
TOP_BAR = '<div id="top-nav"><div class="topbar-today-date">السبت, نوفمبر 1 2025</div></div>'
CARD = (
    '<div class="related-posts"><div class="item"><h3><a href="/9">خبر آخر من الأخبار</a></h3>'
    '<span class="date">أكتوبر 31, 2025</span></div></div>'
)


def reading(
    head: str = "",
    before: str = "",
    after: str = "",
    *,
    title: str = f"<h1>{TITLE}</h1>",
    url: str = "https://news.example/n/1",
) -> Extraction:
    html = (
        f"<html><head>{head}</head><body>{TOP_BAR}<div class=main><article>{title}{before}"
        f'<div class="entry-content">{PROSE}</div>{after}</article>{CARD}</div></body></html>'
    )
    return extract(Capture(url, "example", NOW, 200, (("Content-Type", "text/html"),), html.encode()), SITE)


def article(head: str = "", before: str = "", after: str = "", **more: Any) -> Article:
    found = reading(head, before, after, **more)
    assert found.reason is None, found
    return found.article


def said(**values: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'


# ---------------------------------------------------------------- headline


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (f"<title>{TITLE} - صحيفة المثال</title>", f"<h1>{TITLE}</h1>"),
        (f'<meta property="og:title" content="{TITLE} | صحيفة المثال">', ""),
        (f"<title>صحيفة المثال :: {TITLE}</title>", ""),
        (said(headline=TITLE), "<h1 class=logo>صحيفة المثال</h1>"),
        (f"<title>{TITLE}</title>", f"<div id=header><h1>صحيفة المثال</h1></div><h1>{TITLE}</h1>"),
        (f"<title>{TITLE}</title>", f"<h1>القائمة الرئيسية للموقع</h1><h1>{TITLE}</h1>"),
        (f'<meta property="og:title" content="{TITLE}">', f"<h2>{TITLE}</h2>"),
        (said(headline=TITLE.replace("طويل", "&quot;طويل&quot;")), f"<h1>{TITLE}</h1>"),
    ],
)
def test_the_headline_is_what_most_statements_agree_on_without_the_site(head: str, shown: str) -> None:
    found = article(head, title=shown)
    assert found.title == TITLE
    assert TITLE not in found.text


@given(st.text(max_size=80))
def test_a_title_without_the_sites_name_keeps_every_word(title: str) -> None:
    assert strip_site(title, frozenset({"صحيفه لا توجد"})) == strip_site(strip_site(title, frozenset()), frozenset())


# ---------------------------------------------------------------- dates


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
        ("", '<div class="date-x" data-publicationdate="2025-10-28T09:15:00+03:00">x</div>', "2025-10-28T09:15:00+03:00", "second", "time"),
    ],
)  # fmt: skip
def test_the_date_is_read_where_it_stands(head: str, before: str, expected: str, precision: str, source: str) -> None:
    found = article(head, before)
    assert found.published_at == datetime.fromisoformat(expected)
    assert (found.published_precision, found.published_source) == (precision, source)
    assert found.published_raw


def test_the_top_bars_day_and_a_related_cards_date_are_never_the_articles() -> None:
    assert article().published_at is None


def test_the_address_gives_the_day_when_nothing_else_does() -> None:
    found = article(url="https://news.example/2025/10/28/slug/")
    assert (found.published_source, found.published_precision) == ("url", "day")
    assert found.published_at == datetime.fromisoformat("2025-10-28T00:00:00+03:00")
    assert article(url="https://news.example/2025/10/slug/").published_precision == "month"


@pytest.mark.parametrize(
    "stated", ["2031-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "0000-00-00", "غدا", "2025-13-45", "99999999999"]
)
def test_impossible_dates_are_refused_and_the_next_statement_is_taken(stated: str) -> None:
    found = article(said(datePublished=stated), '<time datetime="2025-10-28T09:15:00+03:00"></time>')
    assert found.published_at == datetime.fromisoformat("2025-10-28T09:15:00+03:00")


def test_a_time_on_the_same_day_is_better_than_the_day_alone() -> None:
    found = article(said(datePublished="2025-10-28"), '<time datetime="2025-10-28T09:15:00+03:00"></time>')
    assert (found.published_precision, found.published_source) == ("second", "time")


def test_midnight_to_the_second_is_a_day() -> None:
    assert article(said(datePublished="2025-10-28T00:00:00+03:00")).published_precision == "day"


def test_a_change_before_publication_is_no_change() -> None:
    both = said(datePublished="2025-10-28T09:00:00+03:00", dateModified="2025-10-27T09:00:00+03:00")
    assert article(both).modified_at is None
    both = said(datePublished="2025-10-28T09:00:00+03:00", dateModified="2025-10-28T10:00:00+03:00")
    assert article(both).modified_at == datetime.fromisoformat("2025-10-28T10:00:00+03:00")


# ---------------------------------------------------------------- JSON-LD


@pytest.mark.parametrize(
    "script",
    [
        '{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["Article","NewsArticle"],"datePublished":"2025-10-28T09:15:00+03:00"}]}',
        '[{"@type":"Thing"},{"@type":"http://schema.org/NewsArticle","datePublished":"2025-10-28T09:15:00+03:00"}]',
        '<!-- {"@type":"NewsArticle","datePublished":"2025-10-28T09:15:00+03:00"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","datePublished":"2025-10-28T09:15:00+03:00",}\n//]]>',
        '{"@type":"NewsArticle","description":"سطر\nثان\tو","datePublished":"2025-10-28T09:15:00+03:00"};',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2025-10-28T09:15:00+03:00&quot;}",
        '{"@type":"Thing"}{"@type":"NewsArticle","datePublished":["2025-10-28T09:15:00+03:00"]}',
        '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","datePublished":{"@value":"2025-10-28T09:15:00+03:00"}}}',
    ],
)
def test_broken_and_nested_json_is_read(script: str) -> None:
    found = article(f'<script type="application/ld+json">{script}</script>')
    assert found.published_at == datetime.fromisoformat("2025-10-28T09:15:00+03:00")


@pytest.mark.parametrize(
    "script",
    ["", "null", "{", "[[[[", '{"@type":5,"author":7}', '{"@type":"Article","image":[[]],"author":{"name":[]}}'],
)
def test_json_that_says_nothing_is_passed_over(script: str) -> None:
    assert article(f'<script type="application/ld+json">{script}</script>').title == TITLE


def test_the_articles_own_text_in_json_is_used_when_the_page_shows_none() -> None:
    text = "نص الخبر كما كتبه المحرر في النظام كاملا، وهو لا يظهر في الصفحة إلا بعد تشغيل البرنامج في المتصفح.\n\nفقرة ثانية."
    html = f"<html><head>{said(headline=TITLE, articleBody=text)}</head><body><h1>{TITLE}</h1></body></html>"
    found = extract(Capture("https://news.example/n/1", "example", NOW, 200, (), html.encode()), SITE)
    assert found.article.text == text
    assert found.evidence["text"] == "json-ld articleBody"


# ---------------------------------------------------------------- writers


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
        ("View all posts by هيئة التحرير", ["هيئة التحرير"]),
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


# ---------------------------------------------------------------- labels, address, picture


def test_one_string_of_sections_is_several_categories() -> None:
    found = article(said(articleSection="آسيا,أخبار العالم"))
    assert (found.section, found.categories) == ("آسيا", ("آسيا", "أخبار العالم"))


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
    ("canonical", "expected"),
    [
        ("https://news.example/n/1-slug", "https://news.example/n/1-slug"),
        ("/n/1-slug", "https://news.example/n/1-slug"),
        ("https://news.example/", "https://news.example/n/1"),
        ("https://elsewhere.example/n/1", "https://news.example/n/1"),
        ("javascript:alert(1)", "https://news.example/n/1"),
        ("http://[broken", "https://news.example/n/1"),
    ],
)
def test_the_canonical_address_counts_only_when_it_can_be_true(canonical: str, expected: str) -> None:
    assert (
        article(f'<link rel="canonical" href="{canonical}">', url="https://news.example/n/1?utm_source=x").url
        == expected
    )


def test_the_picture_is_an_absolute_address() -> None:
    assert article('<meta property="og:image" content="/i/1.jpg">').image == "https://news.example/i/1.jpg"
    assert article(said(image=[{"url": "https://cdn.example/2.jpg"}])).image == "https://cdn.example/2.jpg"
    assert article('<meta property="og:image" content="data:image/png;base64,xx">').image is None


def test_every_field_says_where_it_was_found() -> None:
    found = reading(
        said(headline=TITLE, datePublished="2025-10-28T09:15:00+03:00", author="أحمد علي", articleSection="اقتصاد")
    )
    assert {"url", "title", "published_at", "authors", "section", "categories", "text", "encoding", "theme"} <= set(
        found.evidence
    )
    assert all(found.evidence.values())


def test_absent_fields_are_none_and_never_empty_text() -> None:
    found = article()
    for name in found.__slots__:
        assert getattr(found, name) != "", name
    assert (found.authors, found.tags, found.categories, found.subtitle, found.description) == ((), (), (), None, None)


def test_a_relative_date_is_none_where_the_time_of_the_fetch_is_not_known():
    html = f'<article><h1>{TITLE}</h1><span class="date">منذ 3 ساعات</span><div class="entry-content">{PROSE}</div></article>'
    capture = Capture("https://news.example/n/1", "example", NOW, 200, (("Content-Type", "text/html"),), html.encode())
    assert extract(capture, SITE).article.published_at == NOW - timedelta(hours=3)
    assert extract(capture, SITE, relative_dates=False).article.published_at is None


# ---------------------------------------------------------------- what pages show and don't declare


@pytest.mark.parametrize(
    "around",
    [
        '<a href="/"><img src="/l.png" alt="شبكة النخيل"></a>',
        '<a href="https://news.example/">شبكة النخيل</a>',
        '<div class="bottom">جميع الحقوق محفوظة لموقع شبكة النخيل 2004 - 2026</div>',
        "<p>&copy; 2026 <b>شبكة النخيل</b></p>",
    ],
)
def test_a_name_that_ends_the_title_and_stands_on_the_logo_or_by_the_copyright_is_the_sites(around: str) -> None:
    found = article(f"<title>{TITLE} - شبكة النخيل</title>", after=around, title=f'<div class="t"><b>{TITLE}</b></div>')
    assert found.title == TITLE
    assert TITLE not in found.text


def test_an_end_of_the_title_that_is_no_name_of_the_site_stays() -> None:
    found = article(f"<title>{TITLE} - صور</title>", title="")
    assert found.title == f"{TITLE} - صور"


def test_the_headline_is_found_where_the_only_h1_is_the_logo() -> None:
    found = article(
        f"<title>{TITLE} - مدونة القرية</title>",
        before=f'<h3 class="post-title">{TITLE}</h3><span class="date">28 أكتوبر 2025</span>',
        title='<div class="head"><h1><a href="/">مدونة القرية</a></h1></div>',
    )
    assert (found.title, found.published_precision) == (TITLE, "day")


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
    found = article(before=path.format(TITLE))
    assert (found.section, found.categories) == ("اقتصاد", ("اقتصاد",))


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
    found = extract(Capture("https://news.example/n/1", "example", NOW, 200, (), f"<html>{html}</html>".encode()), SITE)
    assert found.article.categories == ()


def test_a_layout_that_is_named_after_its_sidebar_hides_nothing() -> None:
    inner = (
        f'<h1>{TITLE}</h1><div class="submitted">نشره <span class="username">أحمد علي</span>'
        f'<span class="username">منى سعيد</span></div><div class="entry-content">{PROSE}</div>'
        '<ul class="tags"><li><a rel="tag" href="/t">نفط</a></li></ul>'
    )
    html = f'<html><body class="one-sidebar sidebar-first"><div class="with-sidebar widget-area">{inner}</div></body></html>'
    found = extract(Capture("https://news.example/n/1", "example", NOW, 200, (), html.encode()), SITE).article
    assert (found.authors, found.tags) == (("أحمد علي", "منى سعيد"), ("نفط",))


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


def test_a_labelled_source_beside_the_text_is_the_agency() -> None:
    assert article(after="<div><span>المصدر</span> <a href='#'>وكالة الواحة</a></div>").agency == "وكالة الواحة"
    assert article(after='<div class="s">المصدر: <span>رويترز</span></div>').agency == "رويترز"
    assert article(after='<div class="related"><div>المصدر: رويترز</div></div>').agency is None


def test_an_abbreviation_tells_its_instant_in_its_title() -> None:
    found = article(before='<abbr class="published" title="2025-10-28T09:15:00+03:00">الثلاثاء</abbr>')
    assert found.published_at == datetime.fromisoformat("2025-10-28T09:15:00+03:00")


def test_a_hijri_date_beside_the_headline_is_read() -> None:
    found = article(before="<font>6 جمادى الأولى 1447 هـ</font>")
    assert found.published_at == datetime.fromisoformat("2025-10-28T00:00:00+03:00")


def test_a_picture_that_nothing_declares_is_the_first_with_the_text() -> None:
    logo, ad = '<img src="/logo.png">', '<div class="widget"><img src="/w.jpg"></div>'
    before = f'{logo}{ad}<div class="main-image"><img data-src="/i/9.jpg" src="data:image/gif;base64,R0"></div>'
    assert article(before=before).image == "https://news.example/i/9.jpg"
    assert article(before='<img src="/i/9.jpg" width="32">').image is None


# ---------------------------------------------------------------- dates that disagree


def test_a_shown_day_that_differs_from_the_declared_one_is_noted() -> None:
    found = reading(
        said(datePublished="2025-10-28T09:15:00+03:00"), '<time datetime="2025-03-02T09:00:00+03:00"></time>'
    )
    assert found.article.published_at == datetime.fromisoformat("2025-10-28T09:15:00+03:00")
    assert found.evidence["published_at"] == "json-ld datePublished; time beside the headline shows 2025-03-02"


@pytest.mark.parametrize("shown", ["28 أكتوبر 2025", "2025-10-28 12:15", "27 أكتوبر 2025"])
def test_the_same_day_in_another_zone_is_no_difference(shown: str) -> None:
    found = reading(said(datePublished="2025-10-28T09:15:00+03:00"), f'<span class="date">{shown}</span>')
    assert found.evidence["published_at"] == "json-ld datePublished"


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
    found = article(page.format(title=title, text=text, sentence=SENTENCE))
    assert (found.title, found.published_at) == (title, None)


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
    found = article(before=before).published_at
    assert (found.date().isoformat() if found else None) == expected
