"""Articles that no person signs: desks, bureaus, initials and lists of tags at places that look like those of names."""

from collections.abc import Callable

import pytest

from crawler.extract import extract
from crawler.learning import learn
from storage.records import Article, Capture
from tests.support.newspapers.nameless_paper import SITE, WRITERS, headline, paragraphs

Captured = Callable[..., Capture]
PAGES = range(1, 12)
OTHER = 12
PLACES = ("صيدا", "زحلة", "تعز", "المكلا")
SUBJECTS = ("أسعار الصرف", "أزمة السكن", "الطاقة المتجددة", "حقوق الإنسان", "المياه الجوفية", "كأس الأمم")


def writer(number: int) -> str:
    return WRITERS[number % len(WRITERS)]


def page(number: int, above: str = "", below: str = "", head: str = "") -> str:
    text = "".join(f"<div>{paragraph}</div>" for paragraph in paragraphs(number))
    return (
        f"<html><head>{head}</head><body><div class='a1'><a href='/'>مرايا الضفة</a></div>"
        f'<div class="b2"><h1>{headline(number)}</h1>{above}<div class="c3">{text}</div>{below}</div>'
        '<div class="d4">كل الحقوق للناشر</div></body></html>'
    )


def read(captured: Captured, make: Callable[[int], str], number: int = OTHER) -> Article:
    profile = learn([captured(make(each), each) for each in PAGES], SITE)
    article = extract(captured(make(number), number), SITE, profile=profile).article
    assert article is not None
    return article


@pytest.mark.parametrize(
    "desk",
    ["قسم الاقتصاد", "القسم السياسي", "مكتب بيروت", "غرفة الأخبار", "هيئة التحرير المركزية", "متابعة", "ق.و", "س/ع"],
)
def test_a_desk_at_the_place_of_the_writers_is_none(captured: Captured, desk: str) -> None:
    """Nor is the account that metadata name on such a page."""

    def make(number: int) -> str:
        who = desk if number % 3 == 0 else writer(number)
        account = '<meta name="author" content="salim.q">' if number == OTHER else ""
        return page(number, f'<div class="author"><a href="/author/{number}">{who}</a></div>', head=account)

    assert read(captured, make).authors == ()
    assert read(captured, make, OTHER + 1).authors == (writer(OTHER + 1),)


def test_initials_of_a_desk_and_a_place_beside_names_do_not_hide_writers(captured: Captured) -> None:
    def make(number: int) -> str:
        place = PLACES[number % len(PLACES)]
        who = f"<b>{place}</b><i>{writer(number)}</i>" if number % 2 else f"<i>{('ق.و', 'ن. ح')[number % 4 // 2]}</i>"
        return page(number, f'<div class="e5">{who}</div>')

    assert read(captured, make).authors == ()
    assert read(captured, make, OTHER + 1).authors == (writer(OTHER + 1),)


@pytest.mark.parametrize(
    "form", ["<table class='k'><tr><td>{}</td></tr></table>", "<div class='k'><div>{}</div></div>"]
)
def test_a_list_of_links_that_always_stands_below_the_text_shows_no_writers(captured: Captured, form: str) -> None:
    """Though the headline stands in the element that holds it, as do bylines of other sites."""

    def make(number: int) -> str:
        chosen = [SUBJECTS[(number + step * 2) % len(SUBJECTS)] for step in range(1 + number % 3)]
        links = " - ".join(f'<a href="/k/{SUBJECTS.index(each)}">{each}</a>' for each in chosen)
        return page(number, below=form.format(links))

    assert read(captured, make).authors == ()


def test_metadata_that_name_what_links_to_the_home_page_show_name_no_writer(captured: Captured) -> None:
    said = '<meta name="author" content="{}">'
    for name, authors in (("مرايا الضفة", ()), ("سمر العلي", ("سمر العلي",))):
        article = extract(captured(page(1, head=said.format(name))), SITE).article
        assert article is not None
        assert article.authors == authors
