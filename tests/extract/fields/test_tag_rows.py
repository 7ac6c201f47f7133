"""Tags in rows without a name, and a section that has the address of a tag."""

from datetime import UTC, datetime

import pytest

from crawler.extract import extract
from crawler.learning import learn
from crawler.site import Site
from storage.records import Capture
from tests.support.newspapers.nameless_paper import SECTIONS, headline, paragraphs

SITE = Site("paper", "https://paper.example/")
TAGS = ("أسعار الصرف", "أزمة السكن", "كأس الأمم", "الطاقة المتجددة")


def capture(number: int, above: str = "", below: str = "") -> Capture:
    menu = "".join(f'<a href="/tag/s{place}/">{name}</a>' for place, name in enumerate(SECTIONS))
    text = "".join(f"<div>{paragraph}</div>" for paragraph in paragraphs(number))
    html = (
        f'<html><body><div class="a1">{menu}</div><div class="b2">{above}<h1>{headline(number)}</h1>'
        f'<div class="c3">{text}</div>{below}</div><div class="d4"><p><a href="/h/9">#رائج</a></p></div></body></html>'
    )
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    moment = datetime(2026, 11, 25, tzinfo=UTC)
    return Capture(f"https://paper.example/a/{number}", "paper", moment, 200, headers, html.encode())


@pytest.mark.parametrize(
    ("row", "tags"),
    [
        ('<p><a href="/h/1">#أزمة_السكن</a> <a href="/h/2">#نفط</a></p>', ("أزمة السكن", "نفط")),
        ('<p>تابعونا على <a href="/h/1">#أزمة_السكن</a></p>', ()),
        ("", ()),
    ],
)
def test_hashtags_alone_in_an_element_beside_the_text_are_tags(row: str, tags: tuple[str, ...]) -> None:
    article = extract(capture(1, below=row), SITE).article
    assert article is not None
    assert article.tags == tags


def test_a_section_at_the_address_of_a_tag_is_no_tag_of_a_page_without_tags() -> None:
    def make(number: int, tags: tuple[str, ...]) -> Capture:
        place = number % len(SECTIONS)
        links = "".join(f'<a class="tag" href="/tag/t{TAGS.index(each)}/">{each}</a>' for each in tags)
        section = f'<a class="article-tag tags" href="/tag/s{place}/">{SECTIONS[place]}</a>'
        return capture(number, f'<div class="tags">{section}</div>', f'<div class="e5">{links}</div>' if tags else "")

    profile = learn([make(number, TAGS[number % 3 :][: 1 + number % 2]) for number in range(1, 12)], SITE)
    article = extract(make(12, ()), SITE, profile=profile).article
    assert article is not None
    assert (article.section, article.tags) == (SECTIONS[12 % len(SECTIONS)], ())
