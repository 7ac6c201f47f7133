"""Which element holds the article: what news pages really do with it, and why one piece of evidence beats another."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import trafilatura

from crawler.extract import extract
from crawler.site import Selectors, Site
from storage.records import Article, Capture, Extraction

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = Site("example", "https://news.example/", title="صحيفة المثال", timezone="Asia/Riyadh")
TITLE = "البلدية تبدأ إصلاح الجسر القديم بعد إغلاق دام عامين"
TEXT = (
    "بدأت البلدية صباح اليوم إصلاح الجسر القديم الذي يصل ضفتي النهر، بعد أن أغلق عامين كاملين أمام السيارات والمارة.",
    "وقال المهندس المشرف على العمل إن الأعمدة الوسطى ستبدل كلها، وإن الحركة ستعود إلى الجسر قبل نهاية الصيف المقبل.",
    "وطالب سكان الحي القريب بفتح ممر للمشاة في أثناء العمل، لأن الطريق الأخرى أطول بأربعة كيلومترات على الأقل.",
)
OTHER = (
    "أعلن اتحاد الكرة جدول الدور الثاني من البطولة، وقال إن المباريات ستقام في ثلاث مدن على مدى أسبوعين كاملين.",
    "ويلتقي في الافتتاح فريقا الساحل والجبل على ملعب المدينة الرياضية عند الثامنة مساء، وتنقل المباراة مباشرة.",
)
WHOLE = "\n\n".join(TEXT)


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def reading(body: str, head: str = "", site: Site = SITE) -> Extraction:
    html = f'<!doctype html><html lang="ar"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    url = "https://news.example/news/123"
    return extract(Capture(url, "example", NOW, 200, (("Content-Type", "text/html"),), html.encode()), site)


def article(body: str, head: str = "", site: Site = SITE) -> Article:
    extraction = reading(body, head, site)
    assert extraction.reason is None, extraction
    return extraction.article


def said(**values: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **values}
    return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'


# ---------------------------------------------------------------- one article among several


@pytest.mark.parametrize(
    "holder",
    [
        '<div class="article-body">{}</div>',
        '<div itemprop="articleBody">{}</div>',
        '<div class="entry-content">{}</div>',
    ],
)
@pytest.mark.parametrize("apart", ["<article>{}</article>", "<div>{}</div>", "{}"])
def test_a_further_article_appended_below_is_not_this_one_however_long_it_is(holder: str, apart: str) -> None:
    long = OTHER * 8
    first = apart.format(f"<h1>{TITLE}</h1>" + holder.format(p(*TEXT)))
    further = apart.format("<h1>اتحاد الكرة يعلن جدول الدور الثاني</h1>" + holder.format(p(*long)))
    result = article(first + further, head=f"<title>{TITLE}</title>")
    assert (result.title, result.text) == (TITLE, WHOLE)


def test_a_further_article_element_is_not_this_one_though_it_alone_has_a_bodys_name() -> None:
    further = f'<article><div><h2>الاتحاد يعلن الجدول</h2></div><div class="entry-content">{p(*OTHER)}</div></article>'
    assert article(f"<article><h1>{TITLE}</h1><div>{p(*TEXT)}</div></article>{further}").text == WHOLE


def test_a_teaser_that_bears_the_bodys_name_is_not_taken_for_it() -> None:
    body = f'<h1>{TITLE}</h1><div class="entry-content"><p>{TEXT[0][:60]}</p></div><div class="entry-content">{p(*TEXT)}</div>'
    assert article(body).text == WHOLE


def test_a_body_that_advertisements_cut_into_parts_is_whole() -> None:
    ad = '<div class="ad-slot"><a href="/x">إعلان</a></div>'
    parts = ad.join(f'<div class="article-text">{text}</div>' for text in TEXT)
    assert article(f"<main><h1>{TITLE}</h1>{parts}</main>").text == WHOLE


def test_a_body_in_sections_with_headings_is_whole() -> None:
    sections = f"<section>{p(TEXT[0])}</section><section><h2>رأي السكان</h2>{p(*TEXT[1:])}</section>"
    result = article(f'<h1>{TITLE}</h1><div class="article-content">{sections}</div>')
    assert result.text.split("\n\n") == [TEXT[0], "رأي السكان", *TEXT[1:]]


def test_a_live_blog_is_one_article_of_its_own_date_with_its_entries_in_order() -> None:
    entry = '<div class="live-entry"><h3>{}</h3><p>{}</p></div>'
    entries = "".join(entry.format(f"تحديث {n}", text) for n, text in enumerate(TEXT))
    updates = [
        {"@type": "BlogPosting", "headline": f"تحديث {n}", "datePublished": f"2026-11-2{n}T09:00:00+03:00", "articleBody": text,
         "author": "محرر", "mainEntityOfPage": "x"}
        for n, text in enumerate(TEXT)
    ]  # fmt: skip
    head = said(**{"@type": "LiveBlogPosting"}, datePublished="2026-11-20T08:00:00+03:00", liveBlogUpdate=updates)
    result = article(f'<article><h1>{TITLE}</h1><div class="article-body">{entries}</div></article>', head)
    assert result.title == TITLE
    assert result.published_at == datetime.fromisoformat("2026-11-20T08:00:00+03:00")
    assert result.authors == ()
    assert result.text.split("\n\n") == ["تحديث 0", TEXT[0], "تحديث 1", TEXT[1], "تحديث 2", TEXT[2]]


@pytest.mark.parametrize("order", [0, 1])
def test_a_page_wrapped_in_one_form_is_read_as_any_other(order: int) -> None:
    fields = '<input type="hidden" name="__VIEWSTATE" value="x"><select><option>اختر القسم من هنا</option></select>'
    name = ('class="news-content"', 'class="x1"')[order]
    body = f'<form id="aspnetForm" method="post">{fields}<div class="m"><h1>{TITLE}</h1><div {name}>{p(*TEXT)}</div></div></form>'
    assert article(body).text == WHOLE


def test_a_long_interview_keeps_every_question_and_answer() -> None:
    turns = [
        text
        for n in range(60)
        for text in (f"<strong>سؤال {n}: كيف ترى العمل؟</strong>", f"أراه جيدا في مرحلته {n}، وسنكمله معا.")
    ]
    result = article(f'<h1>{TITLE}</h1><div class="entry-content">{p(*turns)}</div>')
    assert len(result.text.split("\n\n")) == 120


# ---------------------------------------------------------------- evidence


def test_elements_without_a_name_are_read_without_trafilatura_where_they_hold_nearly_all_prose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("our own evidence was clear")

    monkeypatch.setattr(trafilatura, "bare_extraction", never)
    menu = "<nav>" + "".join(f'<a href="/{n}">قسم {n}</a>' for n in range(30)) + "</nav>"
    extraction = reading(f'{menu}<div class="c1"><h1>{TITLE}</h1><div class="c2">{p(*TEXT)}</div></div>')
    assert extraction.article.text == WHOLE
    assert extraction.evidence["text"] == "heaviest element, with nearly all prose of the page"


def test_the_text_that_json_names_shows_which_element_is_the_body() -> None:
    wrong = f'<div class="article-body">{p(*OTHER)}</div>'
    body = f'<h1>{TITLE}</h1><div class="k9">{p(*TEXT)}</div>{wrong}'
    extraction = reading(body, said(articleBody=WHOLE))
    assert extraction.article.text == WHOLE


def test_agreement_with_json_is_told() -> None:
    extraction = reading(
        f'<h1>{TITLE}</h1><div class="article-body">{p(*TEXT)}</div>', said(articleBody=" ".join(TEXT))
    )
    assert extraction.article.text == WHOLE
    assert extraction.evidence["text"] == "element named articlebody; JSON-LD says the same"


def test_a_page_that_shows_the_beginning_gives_what_json_has_in_full() -> None:
    extraction = reading(
        f'<h1>{TITLE}</h1><div class="article-body"><p>{TEXT[0]}</p></div>', said(articleBody="\n\n".join(TEXT * 2))
    )
    assert TEXT[2] in extraction.article.text
    assert "shows less than half" in extraction.evidence["text"]


def test_what_readers_see_wins_over_a_json_text_that_differs() -> None:
    extraction = reading(
        f'<h1>{TITLE}</h1><div class="article-body">{p(*TEXT)}</div>', said(articleBody=" ".join(OTHER))
    )
    assert extraction.article.text == WHOLE
    assert extraction.evidence["text"].endswith("JSON-LD articleBody differs")


def test_markup_within_the_json_text_is_no_text() -> None:
    body = "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in TEXT)
    extraction = reading(f"<h1>{TITLE}</h1>", said(articleBody=body))
    assert extraction.article.text == WHOLE


def test_the_selector_of_the_site_wins_over_json() -> None:
    site = Site("example", "https://news.example/", selectors=Selectors(body=".k9"))
    extraction = reading(
        f'<h1>{TITLE}</h1><div class="k9">{p(*TEXT)}</div>', said(articleBody=" ".join(OTHER * 9)), site
    )
    assert extraction.article.text == WHOLE


# ---------------------------------------------------------------- letters


def test_text_beside_a_cut_block_stays_apart() -> None:
    body = f'{TEXT[0]}<div class="share-buttons">شارك</div>{TEXT[1]}'
    assert article(f'<h1>{TITLE}</h1><div class="entry-content">{body}</div>').text == f"{TEXT[0]}\n\n{TEXT[1]}"


def test_letters_stay_as_published_and_damage_is_mended() -> None:
    published = "قالَ المُديرُ «إنَّ» أسعار ٢٠٢٥ و2026 و۱۴۰۴ إلى عــلى حدٍّ سواء، وهمزة القطع إ أ ؤ ئ ة ى باقية كما نُشرت."
    damaged = f"\u202b{published.replace('أسعار', 'ﺃﺳﻌﺎﺭ')}\u202c\ufeff&nbsp;"
    assert article(f'<h1>{TITLE}</h1><div class="entry-content"><p>{damaged}</p></div>').text == published


def test_blocks_of_a_page_builder_are_no_widgets() -> None:
    blocks = "".join(
        f'<div class="elementor-element elementor-widget elementor-widget-text-editor"><p>{text}</p></div>'
        for text in TEXT * 2
    )
    title = (
        f'<div class="elementor-widget elementor-widget-heading"><h1 class="elementor-heading-title">{TITLE}</h1></div>'
    )
    result = article(f'{title}<div class="elementor-section">{blocks}</div>', head=f"<title>{TITLE}</title>")
    assert (result.title, result.text) == (TITLE, "\n\n".join(TEXT * 2))


def test_what_a_theme_is_told_to_drop_never_holds_the_body() -> None:
    site = Site("example", "https://news.example/", selectors=Selectors(body=".entry", drop=".highlight, .entry .cut"))
    body = f'<h1>{TITLE}</h1><div class="entry highlight">{p(*TEXT)}<p class="cut">{OTHER[0]}</p></div>'
    assert article(body, site=site).text == WHOLE


@pytest.mark.parametrize("caption", ["جانب من الرصيف الجديد", "<strong>مبنى هيئة الموانئ</strong>"])
def test_a_caption_in_the_paragraph_of_its_picture_is_no_text(caption: str) -> None:
    shown = f'<p style="text-align:center"><img src="/1.jpg" alt=""><br>{caption}</p>'
    body = f"<h1>{TITLE}</h1><article>{p(TEXT[0])}{shown}{p(*TEXT[1:])}</article>"
    assert article(body).text == WHOLE


def test_a_sentence_beside_a_picture_is_text() -> None:
    first, *rest = TEXT
    body = f'<h1>{TITLE}</h1><article><p><img src="/1.jpg" alt="">{first}</p>{p(*rest)}</article>'
    assert article(body).text == WHOLE


POST = "شكراً لكل من وقف معنا أمام الجسر من أول النهار"
HANDLE = 'هدى النجار (@huda_n) <a href="https://net.example/1">November 12, 2025</a>'


def with_insert(insert: str) -> str:
    return f'<h1>{TITLE}</h1><div class="article-body">{p(TEXT[0])}{insert}{p(*TEXT[1:])}</div>'


@pytest.mark.parametrize(
    "insert",
    [
        f'<blockquote class="twitter-tweet" data-lang="ar"><p>{POST}</p></blockquote>',
        f'<div class="fb-post"><blockquote><p>{POST}</p></blockquote></div>',
        f'<div class="embed-facebook"><div>{POST}</div><span>@bridge</span></div>',
        f'<div class="embed"><blockquote><p>{POST}</p></blockquote></div>',
        f"<blockquote><p>{POST}</p>— {HANDLE}</blockquote>",
        f'<blockquote><p>{POST}</p>— هدى النجار <a href="https://net.example/1">November 12, 2025</a></blockquote>',
    ],
)
def test_a_post_of_a_network_is_no_text(insert: str) -> None:
    assert article(with_insert(insert)).text == WHOLE


@pytest.mark.parametrize(
    "quotation",
    [
        f"<blockquote><p>{POST} — مهندس الجسر سالم العلي</p></blockquote>",
        f'<div class="embed"><blockquote><p>{POST}</p></blockquote><p>{TEXT[1]}</p></div>',
    ],
)
def test_a_quotation_is_text(quotation: str) -> None:
    assert POST in article(with_insert(quotation)).text


def test_an_insert_that_begins_with_a_link_to_its_own_end_is_no_text() -> None:
    insert = (
        '<section><a href="#end-of-show">تخطى هذا الجزء وواصل القراءة</a><strong>برنامجنا الصوتي</strong>'
        '<p>حلقات عن الجسور والأنهار</p><p id="end-of-show">نهاية الجزء</p></section>'
    )
    assert article(with_insert(insert)).text == WHOLE
    other = '<section><a href="#note">الجسر القديم</a> بني قبل مئة عام على أعمدة من الحجر.<p id="note">هامش عن الجسر.</p></section>'
    assert "بني قبل مئة عام" in article(with_insert(other)).text


def test_a_caption_in_or_below_the_cell_of_its_picture_is_no_text() -> None:
    caption = "عمال عند العمود الأوسط"
    for between in ("<br>", "</td></tr><tr><td>"):
        table = f'<table><tr><td><img src="/1.jpg">{between}<font size="2">{caption}</font></td></tr></table>'
        assert article(with_insert(table)).text == WHOLE
    assert caption in article(with_insert(f"<table><tr><td>العمود</td><td>{caption}</td></tr></table>")).text


@pytest.mark.parametrize(
    "line", ["الإثنين 16 تشرين الثاني 2026 | عدد الزوار: 4887", "[adbox block=4]", "[/caption]", "[gallery ids=1,2]"]
)
def test_what_the_system_prints_or_leaves_over_is_no_text(line: str) -> None:
    assert article(with_insert(p(line))).text == WHOLE


def test_a_note_on_the_writer_below_a_text_and_a_name_above_it_are_none_of_it() -> None:
    head = '<meta name="author" content="سالم العلي">'
    lines = p("<b>سالم العلي</b>", *TEXT, "* كاتب وباحث في شؤون المدن")
    read = article(f'<h1>{TITLE}</h1><div class="article-body">{lines}</div>', head)
    assert (read.text, read.authors) == (WHOLE, ("سالم العلي",))
    # Stars before the items of a list are text.
    body = f'<h1>{TITLE}</h1><div class="article-body">{p(*TEXT, "* عمود أول", "* عمود ثان")}</div>'
    assert article(body).text.endswith("* عمود أول\n\n* عمود ثان")
