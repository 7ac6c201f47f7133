"""Bylines at places that other lines have, too: headings of the text, writers of further articles, tags."""

from collections.abc import Callable

from lxml import html

from crawler.extract import extract
from crawler.learning import learn
from crawler.profile.paths import mark_of
from storage.records import Capture
from tests.support.newspapers.nameless_paper import NUMBERS, PLACES, SITE, WRITERS, headline, paragraphs

Captured = Callable[..., Capture]
HEADINGS = ("اقرأ أيضاً", "طالع", "سوق {} القديم", "شهادات من {}", "مواضيع ذات صلة")


def page(number: int) -> str:
    def strong(text: str) -> str:
        return f"<p><strong>{text}</strong></p>"

    byline = strong(f"كتب- {WRITERS[number % 3]} {NUMBERS[number % 12]}:") if number % 4 else ""
    heading = strong(HEADINGS[number % 5].format(PLACES[number % 12])) if number % 3 else ""
    first, *rest = (f"<p>{each}</p>" for each in paragraphs(number))
    text = f"<div class='t'>{byline}{first}{heading}{''.join(rest)}</div>"
    return f"<html><body><div class='b'><h1>{headline(number)}</h1>{text}</div><p>كل الحقوق للناشر</p></body></html>"


def test_headings_alike_are_no_further_writers(captured: Captured) -> None:
    profile = learn([captured(page(number), number) for number in range(1, 13)], SITE)
    for number in (13, 14, 17, 18):
        article = extract(captured(page(number), number), SITE, profile=profile).article
        assert article is not None
        assert article.authors == (f"{WRITERS[number % 3]} {NUMBERS[number % 12]}",)


def test_writers_of_appended_articles_are_none_of_the_first(captured: Captured) -> None:
    def part(number: int, name: str, writer: str | None) -> str:
        text = "".join(f"<p>{each}</p>" for each in paragraphs(number))
        byline = f"<div class='w'>كتب - {writer}</div>" if writer else "<div class='w'>كتب بوابة المدينة الجديدة</div>"
        return f"<div class='{name}'><h1>{headline(number)}</h1>{byline}<div class='t'>{text}</div></div>"

    def make(number: int) -> str:
        own = f"{WRITERS[number % 3]} {NUMBERS[number % 12]}" if number % 3 == 0 else None
        further = "".join(part(number + each, "n", WRITERS[(number + each) % 3]) for each in (3, 5))
        title = f"<title>{headline(number)} | بوابة المدينة الجديدة</title>"
        return f"<html><head>{title}</head><body>{part(number, 'a', own)}{further}<p>كل الحقوق للناشر</p></body></html>"

    profile = learn([captured(make(number), number) for number in range(1, 13)], SITE)
    for number in (15, 18):
        article = extract(captured(make(number), number), SITE, profile=profile).article
        assert article is not None
        assert article.authors == (f"{WRITERS[number % 3]} {NUMBERS[number % 12]}",)


def test_an_icon_in_an_element_of_its_own_tells_elements_apart() -> None:
    items = html.fragment_fromstring(
        "<ul><li><span class='i'><i class='pen'></i></span> سمر</li><li><span class='i'><i class='rss'></i></span> واس</li></ul>"
    )
    assert len(set(map(mark_of, items))) == 2


def test_names_side_by_side_in_elements_of_one_kind_are_several(captured: Captured) -> None:
    def make(number: int) -> str:
        names = [f"{WRITERS[number % 3]} {NUMBERS[number % 12]}", WRITERS[(number + 1) % 3]][: 1 + number % 2]
        spans = " ".join(f"<span class='a'>{name}</span>" for name in names)
        text = "<br><br>".join(paragraphs(number))
        column = f"<div class='b'><h1>{headline(number)}</h1><div><span>تحرير:</span> {spans}</div><span class='t'>{text}</span></div>"
        return f"<html><body>{column}<p>كل الحقوق للناشر</p></body></html>"

    profile = learn([captured(make(number), number) for number in range(1, 13)], SITE)
    article = extract(captured(make(13), 13), SITE, profile=profile).article
    assert article is not None
    assert article.authors == (f"{WRITERS[1]} {NUMBERS[1]}", WRITERS[2])
