"""Pages whose boxes are all alike: the article's, those of further articles, of captions, and of fields."""

from collections.abc import Callable

from crawler.extract import extract
from crawler.html.spelling import comparable
from crawler.learning import learn
from crawler.profile.site_profile import SiteProfile
from crawler.profile.template import Template
from storage.records import Article, Capture
from tests.support.newspapers.nameless_paper import NUMBERS, PLACES, SECTIONS, SITE, WRITERS, headline, paragraphs

Captured = Callable[..., Capture]
PAGES = range(1, 11)
OTHER = 12


def read(captured: Captured, make: Callable[[int], str]) -> Article:
    profile = learn([captured(make(number), number) for number in PAGES], SITE)
    article = extract(captured(make(OTHER), OTHER), SITE, profile=profile).article
    assert article is not None
    assert article.title == headline(OTHER)
    return article


def page(column: str, beside: str) -> str:
    menu = "".join(f'<a href="/s/{place}">{name}</a>' for place, name in enumerate(SECTIONS))
    foot = "<div>كل الحقوق محفوظة للناشر</div>"
    return f"<html><body><div>{menu}</div><div><div>{column}</div>{beside}</div>{foot}</body></html>"


def test_the_text_stands_with_the_headline_where_longer_ones_follow_in_boxes_of_the_same_kind(
    captured: Captured,
) -> None:
    def further(number: int) -> str:
        lines = [
            f"ورفعت بلدية {PLACES[number % 12]} عدد الحافلات إلى {count} حافلة بعد شكوى {NUMBERS[number % 12]} تاجراً في السوق القديم."
            for count in NUMBERS[number % 7 :]
        ]
        text = "".join(f"<p>{each}</p>" for each in lines)
        return f"<div class='c'><img src='/{number}.jpg'><div class='b'><h2>سوق {PLACES[number % 12]} يستعيد رواده</h2>{text}</div></div>"

    def make(number: int) -> str:
        caption = f"<p class='l'>رافعات قديمة على رصيف ميناء {PLACES[number % 12]} كما بدت صباح الاثنين</p>"
        text = "".join(f"<p>{each}</p>" for each in paragraphs(number))
        head = f"<div class='b'><h1>{headline(number)}</h1></div><img src='/{number}.jpg'>{caption}"
        cards = "".join(further(number + each) for each in (5, 7) if number % 3 == 0)
        return page(f"<div class='c'>{head}<div class='b'>{text}</div></div><h4>من الملف نفسه</h4>{cards}", "")

    assert read(captured, make).text.split("\n\n") == paragraphs(OTHER)


def test_paragraphs_at_the_place_of_a_field_are_text(captured: Captured) -> None:
    places = {"categories": ("div > div > div",), "headline": ("div > div > h1",)}
    known = Template(9, frozenset(), frozenset(), "div > div", "most", body=frozenset({"div > p"}), field_paths=places)
    profile = SiteProfile(labels=frozenset(map(comparable, SECTIONS)), templates=(known,))
    lines = [line for number in range(5) for line in paragraphs(number)]  # more than a page has sections
    text = "".join(f"<div><p>{each}</p></div>" for each in lines)
    html = page(f'<div><a href="/s/0">{SECTIONS[0]}</a></div><h1>{headline(OTHER)}</h1>{text}', "")
    article = extract(captured(html, OTHER), SITE, profile=profile).article
    assert article is not None
    assert (article.section, article.text.split("\n\n")) == (SECTIONS[0], lines)


def test_a_long_subtitle_in_a_box_like_that_of_the_text_is_not_taken_for_it(captured: Captured) -> None:
    def make(number: int) -> str:
        long = f"خلاف بين البلدية وشركة الميناء على كلفة الطريق إلى رصيف {PLACES[number % 12]}"
        sub = long if number == OTHER else "خلاف على الكلفة"
        text = "<br><br>".join(paragraphs(number))
        return page(f"<div><h1>{headline(number)}</h1><div>{sub}</div><div>{text}</div></div>", "")

    assert read(captured, make).text.split("\n\n")[-3:] == paragraphs(OTHER)


def test_headings_and_lists_between_wrapped_paragraphs_are_text(captured: Captured) -> None:
    headings = {3: "سؤال التمويل", 8: "شهادات العمال", OTHER: "ما بعد الافتتاح"}

    def make(number: int) -> str:
        first, *rest = (f"<div class='p'><p>{each}</p></div>" for each in paragraphs(number))
        between = f"<div class='u'><h2>{headings[number]}</h2></div>" if number in headings else ""
        button = "<div class='q'><span>حمّل تطبيقنا الآن لتصلك الأخبار</span></div>"
        items = f"<ul><li>{NUMBERS[number % 12]} عاملاً</li><li>رصيفان</li></ul>" if number == OTHER else ""
        further = (
            f"<div class='f'><b>{headline(number + 3)}</b></div><div class='f'><b>{headline(number + 4)}</b></div>"
        )
        return page(f"<h1>{headline(number)}</h1>{first}{between}{button}{items}{''.join(rest)}{further}", "")

    first, *rest = paragraphs(OTHER)
    added = [headings[OTHER], f"{NUMBERS[OTHER % 12]} عاملاً", "رصيفان"]
    assert read(captured, make).text.split("\n\n") == [first, *added, *rest]


def test_a_byline_that_one_page_has_elsewhere_is_not_learned_as_that_of_further_articles(captured: Captured) -> None:
    def make(number: int, further: int) -> str:
        writers = [f'<a rel="author" href="/w/{each % 3}">{WRITERS[each % 3]}</a>' for each in (number, number + 1)]
        text = "".join(f"<p>{each}</p>" for each in paragraphs(number))
        below = f"<ul><li><h4>{headline(number + 1)}</h4>{writers[1]}</li></ul>" if number <= further else ""
        return page(f"<h1>{headline(number)}</h1><div>{writers[0]}</div><div>{text}</div>{below}", "")

    for further, is_known in ((1, False), (2, True)):
        (template,) = learn([captured(make(number, further), number) for number in PAGES], SITE).templates
        assert bool(template.other_bylines) == is_known
