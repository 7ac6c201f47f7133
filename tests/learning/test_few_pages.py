"""What few pages of a site teach of its fields: writers beside dates, tags that repeat, lists, subtitles and captions."""

from collections.abc import Callable
from itertools import combinations

import pytest

from crawler.extract import extract
from crawler.learning import learn
from storage.records import Article, Capture
from tests.support.newspapers.nameless_paper import SITE, WRITERS, headline, paragraphs

Captured = Callable[..., Capture]
PAGES = range(1, 6)
OTHER = 12
SUBJECTS = ("أسعار الصرف", "أزمة السكن", "الطاقة المتجددة", "حقوق الإنسان", "المياه الجوفية", "كأس الأمم")
PAIRS = tuple(combinations(SUBJECTS, 2))
VISITORS = ("زائر", "بنت البحر", "قارئ دائم", "ابو فهد")
SAID = ("كلام سليم والله", "متى نرى الأفعال", "تحية من المهجر")


def page(number: int, above: str = "", below: str = "", within: str = "") -> str:
    first, *others = (f"<div>{paragraph}</div>" for paragraph in paragraphs(number))
    return (
        f'<html><body><div class="b2"><h1>{headline(number)}</h1>{above}'
        f'<div class="c3">{first}{within}{"".join(others)}</div>{below}</div>'
        '<div class="d4">كل الحقوق للناشر</div></body></html>'
    )


def read(captured: Captured, make: Callable[[int], str], pages: range = PAGES) -> Article:
    profile = learn([captured(make(each), each) for each in pages], SITE)
    article = extract(captured(make(OTHER), OTHER), SITE, profile=profile).article
    assert article is not None
    return article


@pytest.mark.parametrize("dated", [True, False])
def test_names_that_two_pages_show_are_writers_beside_a_date(captured: Captured, dated: bool) -> None:
    def make(number: int) -> str:
        who = f"<i class='w'>{WRITERS[number % len(WRITERS)]}</i>" if number in (2, 3, OTHER) else ""
        day = f"<b>{number} تشرين الأول 2026</b>"
        return page(
            number,
            f'<div class="e">{who}{day if dated else ""}</div>',
            "" if dated else f"<p>1</p><p>2</p><p>3</p><p>{day}</p>",
        )

    assert read(captured, make).authors == ((WRITERS[OTHER % len(WRITERS)],) if dated else ())


def _subjects(number: int) -> list[str]:
    return list(PAIRS[number * 4 % len(PAIRS)])


def test_two_pages_that_share_a_tag_teach_the_place_of_tags(captured: Captured) -> None:
    def shared(number: int) -> list[str]:
        return [SUBJECTS[(number + step) % len(SUBJECTS)] for step in range(2)]

    def make(number: int) -> str:
        links = "".join(f'<a href="/topics/{SUBJECTS.index(each)}">{each}</a>' for each in shared(number))
        return page(number, below=f'<div class="k">{links}</div>' if number in (2, 3, OTHER) else "")

    assert list(read(captured, make).tags) == shared(OTHER)


def test_tags_may_be_items_of_a_list_without_links(captured: Captured) -> None:
    def make(number: int) -> str:
        items = "".join(f"<li>{each}</li>" for each in _subjects(number))
        return page(number, below=f'<ul class="k">{items}</ul>')

    assert list(read(captured, make, range(1, 12)).tags) == _subjects(OTHER)


def test_comments_and_questions_below_the_text_are_no_tags(captured: Captured) -> None:
    def make(number: int) -> str:
        said = [(VISITORS[(number + step) % 4], SAID[(number * step) % 3]) for step in range(1, 2 + number % 3)]
        comments = "".join(f'<div class="m"><b>{who}</b><div>{what}</div></div>' for who, what in said)
        vote = f"<div class='v'><p>برأيك، هل تنجح {SUBJECTS[number % 6]}؟</p></div>"
        return page(number, below=f'{vote}<div class="n">{comments}</div>')

    assert read(captured, make).tags == ()


@pytest.mark.parametrize("place", ["box", "picture", "text"])
def test_what_few_pages_show_around_the_beginning_of_the_text_is_no_subtitle(captured: Captured, place: str) -> None:
    def make(number: int) -> str:
        subject = SUBJECTS[number % 6]
        if place == "box":
            points = f"<div>أهم النقاط</div><div>القرار الأخير عند {subject}</div><div>لا موعد نهائيا حتى الآن</div>"
            return page(number, f"<div class='s'>{points}</div>")
        if place == "picture":
            return page(number, f"<img src='/i/{number}.jpg'><div class='t'>{subject} كما بدت من بعيد في زحلة</div>")
        return page(number, within=f"<div class='l'>بريدك لنرسل لك مختارات {subject}</div>")

    assert read(captured, make).subtitle is None
