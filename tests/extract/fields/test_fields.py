"""Every field of an article but its text: which of many statements is believed."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract
from crawler.extract.fields.headline import strip_site
from storage.records import Capture
from tests.support.rooms.fields import NOW, PROSE, SITE, TITLE, article, reading, said

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
    result = article(head, title=shown)
    assert result.title == TITLE
    assert TITLE not in result.text


@given(st.text(max_size=80))
def test_a_title_without_the_sites_name_keeps_every_word(title: str) -> None:
    assert strip_site(title, frozenset({"صحيفه لا توجد"})) == strip_site(strip_site(title, frozenset()), frozenset())


# ---------------------------------------------------------------- dates


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
    result = article(f'<script type="application/ld+json">{script}</script>')
    assert result.published_at == datetime.fromisoformat("2025-10-28T09:15:00+03:00")


@pytest.mark.parametrize(
    "script",
    ["", "null", "{", "[[[[", '{"@type":5,"author":7}', '{"@type":"Article","image":[[]],"author":{"name":[]}}'],
)
def test_json_that_says_nothing_is_passed_over(script: str) -> None:
    assert article(f'<script type="application/ld+json">{script}</script>').title == TITLE


def test_the_articles_own_text_in_json_is_used_when_the_page_shows_none() -> None:
    text = "نص الخبر كما كتبه المحرر في النظام كاملا، وهو لا يظهر في الصفحة إلا بعد تشغيل البرنامج في المتصفح.\n\nفقرة ثانية."
    html = f"<html><head>{said(headline=TITLE, articleBody=text)}</head><body><h1>{TITLE}</h1></body></html>"
    extraction = extract(Capture("https://news.example/n/1", "example", NOW, 200, (), html.encode()), SITE)
    assert extraction.article.text == text
    assert extraction.evidence["text"] == "json-ld articleBody"


# ---------------------------------------------------------------- writers


@pytest.mark.parametrize(
    "author",
    [
        {"@id": "https://news.example/#writer"},
        [{"@type": "Person", "@id": "https://news.example/#writer"}],
        "https://news.example/#writer",
        {"@type": "Person", "givenName": "سامر", "familyName": "القاسم"},
        {"@type": "Person", "name": "", "givenName": "سامر القاسم", "familyName": None},
        {"@type": "Person", "name": '<a href="/w/1" rel="author">سامر <b>القاسم</b></a>'},
        {"@type": "Person", "name": "&lt;span&gt;سامر القاسم&lt;/span&gt;"},
        {"@type": "Person", "name": "✍️ سامر القاسم 🇱🇧"},
        "✍🏽سامر القاسم",
    ],
)
def test_a_writer_is_named_however_json_says_it(author: object) -> None:
    graph = [{"@type": "Person", "@id": "https://news.example/#writer", "name": "سامر القاسم"}]
    assert article(said(author=author, **{"@graph": graph})).authors == ("سامر القاسم",)


def test_a_reference_that_leads_nowhere_or_in_a_circle_names_no_one() -> None:
    graph = [{"@type": "Person", "@id": "#a", "name": {"@id": "#b"}}, {"@id": "#b", "name": {"@id": "#a"}}]
    assert article(said(author={"@id": "#a"}, **{"@graph": graph})).authors == ()
    assert article(said(author={"@id": "#c"})).authors == ()


# ---------------------------------------------------------------- labels, address, picture


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


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('src="data:," data-srcset="/a-300.jpg 300w, /a-1200.jpg 1200w"', "/a-1200.jpg"),
        ('data-lazy-srcset="/a.jpg 1x, /b.jpg 2x"', "/b.jpg"),
        ('srcset="/a,b/c.jpg 300w,/d,e.jpg 900w"', "/d,e.jpg"),
        ('data-srcset="/a.jpg"', "/a.jpg"),
        ('data-srcset="/a.jpg, /b.jpg 2x"', "/b.jpg"),
        ('data-srcset="data:image/gif;base64,AA 9w, /x.jpg 2w"', "/x.jpg"),
        ('data-src="/first.jpg" srcset="/a.jpg 300w"', "/first.jpg"),
        ('srcset=" , " src="/s.jpg"', "/s.jpg"),
    ],
)
def test_a_picture_of_several_sizes_is_the_largest(attributes: str, expected: str) -> None:
    result = article(before=f'<figure><img {attributes} width="800"></figure>')
    assert result.image == f"https://news.example{expected}"


def test_every_field_says_where_it_was_found() -> None:
    extraction = reading(
        said(headline=TITLE, datePublished="2025-10-28T09:15:00+03:00", author="أحمد علي", articleSection="اقتصاد")
    )
    assert {"url", "title", "published_at", "authors", "section", "categories", "text", "encoding", "theme"} <= set(
        extraction.evidence
    )
    assert all(extraction.evidence.values())


def test_absent_fields_are_none_and_never_empty_text() -> None:
    result = article()
    for name in result.__slots__:
        assert getattr(result, name) != "", name
    assert (result.authors, result.tags, result.categories, result.subtitle, result.description) == (
        (),
        (),
        (),
        None,
        None,
    )


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
    result = article(
        f"<title>{TITLE} - شبكة النخيل</title>", after=around, title=f'<div class="t"><b>{TITLE}</b></div>'
    )
    assert result.title == TITLE
    assert TITLE not in result.text


def test_an_end_of_the_title_that_is_no_name_of_the_site_stays() -> None:
    result = article(f"<title>{TITLE} - صور</title>", title="")
    assert result.title == f"{TITLE} - صور"


def test_the_headline_is_found_where_the_only_h1_is_the_logo() -> None:
    result = article(
        f"<title>{TITLE} - مدونة القرية</title>",
        before=f'<h3 class="post-title">{TITLE}</h3><span class="date">28 أكتوبر 2025</span>',
        title='<div class="head"><h1><a href="/">مدونة القرية</a></h1></div>',
    )
    assert (result.title, result.published_precision) == (TITLE, "day")


@pytest.mark.parametrize("agency", ["رويترز", "أ ف ب", "الأناضول"])
@pytest.mark.parametrize("writer", ["", "سمر العلي - "])
def test_an_agency_in_a_byline_is_no_writer(writer: str, agency: str) -> None:
    result = article(before=f'<div class="byline">{writer}{agency}</div>')
    assert (result.authors, result.agency) == (("سمر العلي",) if writer else (), agency)


@pytest.mark.parametrize("city", ["الدار البيضاء", "القاهرة"])
def test_a_city_before_a_colon_is_no_part_of_a_name(city: str) -> None:
    assert article(before=f'<div class="byline">{city}: سمر العلي</div>').authors == ("سمر العلي",)


def test_a_labelled_source_beside_the_text_is_the_agency() -> None:
    assert article(after="<div><span>المصدر</span> <a href='#'>وكالة الواحة</a></div>").agency == "وكالة الواحة"
    assert article(after='<div class="s">المصدر: <span>رويترز</span></div>').agency == "رويترز"
    assert article(after='<div class="related"><div>المصدر: رويترز</div></div>').agency is None


def test_a_picture_that_nothing_declares_is_the_first_with_the_text() -> None:
    logo, ad = '<img src="/logo.png">', '<div class="widget"><img src="/w.jpg"></div>'
    before = f'{logo}{ad}<div class="main-image"><img data-src="/i/9.jpg" src="data:image/gif;base64,R0"></div>'
    assert article(before=before).image == "https://news.example/i/9.jpg"
    assert article(before='<img src="/i/9.jpg" width="32">').image is None


# ---------------------------------------------------------------- dates that disagree
