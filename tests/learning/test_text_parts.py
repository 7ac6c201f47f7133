"""Headings, quotations, lists and tables that few articles of a site have: text by their place between paragraphs."""

from collections.abc import Callable, Sequence

import pytest

from crawler.extract import extract
from crawler.learning import learn
from storage.records import Capture
from tests.support.newspapers.nameless_paper import SITE, WRITERS, headline, paragraphs

Captured = Callable[..., Capture]
PAGES = range(1, 11)
OTHER = 12
RARE = {
    2: "ما بعد افتتاح الرصيف",
    5: "الكلفة تتجاوز تقدير الشركة",
    8: "سكان الحي ينتظرون",
    OTHER: "من يدفع ثمن التأخير",
}


def lines(captured: Captured, make: Callable[[int], str]) -> Sequence[str]:
    profile = learn([captured(make(number), number) for number in PAGES], SITE)
    article = extract(captured(make(OTHER), OTHER), SITE, profile=profile).article
    assert article is not None
    return article.text.split("\n\n")


def page(number: int, between: str, before: str = "") -> str:
    *most, last = (f"<p class='t'>{each}</p>" for each in paragraphs(number))
    text = f"<div class='x4'>{''.join(most)}{between}{last}</div>"
    byline = f"<div class='x5'>{WRITERS[number % 3]}</div>"
    return f"<html><body><div class='x1'><h1>{headline(number)}</h1>{byline}{before}{text}</div></body></html>"


@pytest.mark.parametrize(
    "form",
    [
        "<div class='element title'><div><h2>{}</h2></div></div>",
        "<div class='promo'><div class='item'><blockquote><p>{}</p></blockquote></div></div>",
        "<ul class='related'><li>{}</li></ul>",
        "<div class='widget'><table><tr><td>{}</td><td>9</td></tr></table></div>",
    ],
)
def test_what_stands_between_paragraphs_is_text_whatever_its_wrapper_is_named(captured: Captured, form: str) -> None:
    def make(number: int) -> str:
        return page(number, form.format(RARE[number]) if number in RARE else "")

    *most, last = paragraphs(OTHER)
    line = RARE[OTHER] + (" 9" if "td" in form else "")
    assert " ".join(lines(captured, make)) == " ".join((*most, line, last))


def test_the_label_of_a_list_of_links_is_no_text(captured: Captured) -> None:
    labels = ("بالتفصيل هنا", "سياق أوسع", "قبل أن تكمل", "خبر لا يفوتك")

    def make(number: int) -> str:
        link = f"<li><a href='/a/{number + 3}'>{headline(number + 3)}</a></li>"
        box = f"<ul class='b3'><li>{labels[number % 4]}</li>{link}</ul>"
        return page(number, box if number in RARE else "")

    assert lines(captured, make) == paragraphs(OTHER)


def test_a_picture_above_the_text_does_not_make_captions_of_its_headings(captured: Captured) -> None:
    def make(number: int) -> str:
        heading = f"<h3>{RARE[number]}</h3>" if number in RARE else ""
        return page(number, heading, f"<div><img src='/{number}.jpg'></div>")

    *most, last = paragraphs(OTHER)
    assert lines(captured, make) == [*most, RARE[OTHER], last]
