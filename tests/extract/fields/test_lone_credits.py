"""Agencies and writers that pages name without a word of it, on sites of which nothing was learned."""

from datetime import UTC, datetime

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.records import Article, Capture

SITE = Site("paper", "https://paper.example/")
SENTENCE = "وقال رئيس المجلس إن المشروع سيخدم سكان القرى المجاورة كلها، وإن تكلفته بلغت أربعين مليونا هذا العام."
TEXT = "".join(f"<p>{SENTENCE} وأضاف أن المرحلة {stage} تبدأ قريبا.</p>" for stage in ("الأولى", "الثانية", "الثالثة"))


def read(above: str = "", below: str = "") -> Article:
    html = (
        f'<html><body><div class="x1"><h1>المجلس يقر مشروع الطريق الجديد إلى الميناء</h1>{above}<div class="x2">{TEXT}</div>'
        f"{below}</div></body></html>"
    )
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    capture = Capture(
        "https://paper.example/a/1", "paper", datetime(2026, 11, 25, tzinfo=UTC), 200, headers, html.encode()
    )
    article = extract(capture, SITE).article
    assert article is not None
    return article


@pytest.mark.parametrize("name", ["رويترز", "واس", "أ ف ب"])
def test_an_agency_alone_between_headline_and_text_is_the_articles(name: str) -> None:
    assert read(f"<div><span>{name}</span></div><div>25 نوفمبر 2026</div>").agency == name


@pytest.mark.parametrize(
    "box",
    [
        '<figure><img src="/i.jpg"><span>رويترز</span></figure>',
        '<div><img src="/i.jpg"><i>رويترز</i></div>',
        '<div><img src="/i.jpg"></div><div>رويترز</div>',
        '<div class="caption">رويترز</div>',
    ],
)
def test_whoever_took_the_picture_is_not_where_the_article_is_from(box: str) -> None:
    assert read(box).agency is None


@pytest.mark.parametrize("form", ["<p>نقلاً عن {}</p>", "<div><span>نقلا عن</span><span>{}</span></div>"])
def test_an_agency_from_which_an_article_was_taken_is_named_below_it(form: str) -> None:
    assert read(below=form.format("شينخوا")).agency == "شينخوا"
    assert read(below=form.format("شهود كانوا في المكان")).agency is None


def test_a_link_to_a_writers_page_beside_the_headline_names_the_writer() -> None:
    link = '<a href="/{}/7">{}</a>'
    assert read(f"<div>{link.format('profile', 'سمر العلي')}</div>").authors == ("سمر العلي",)
    for place, text in (("places", "سمر العلي"), ("author", "كل المقالات في القسم")):
        assert read(f"<div>{link.format(place, text)}</div>").authors == ()
    columnists = ("سمر العلي", "نبيل حداد", "رضا العاني", "وردة سعادة")
    assert read("".join(f"<li>{link.format('writers', name)}</li>" for name in columnists)).authors == ()
