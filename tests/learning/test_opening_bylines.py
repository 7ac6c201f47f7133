"""Bylines that open the text, at a place where the text has headings, too."""

from collections.abc import Callable

from crawler.extract import extract
from crawler.learning import learn
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
