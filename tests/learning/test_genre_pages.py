"""Pages of other kinds than plain reports, and what stands beside their fields, as a site's pages teach them."""

from collections.abc import Callable

from crawler.extract import extract
from crawler.html.spelling import comparable
from crawler.learning import learn
from storage.records import Article, Capture
from tests.support.newspapers.nameless_paper import NUMBERS, PLACES, SECTIONS, SITE, WRITERS, headline, paragraphs

Captured = Callable[..., Capture]
PAGES = range(1, 12)
OTHER = 12


def writer(number: int) -> str:
    return WRITERS[number % 3]


def page(number: int, *, top: str = "", above: str = "", text: str = "", below: str = "", head: str = "") -> str:
    menu = "".join(f'<a href="/s/{place}">{name}</a>' for place, name in enumerate(SECTIONS))
    text = text or "".join(f"<div>{paragraph}</div>" for paragraph in paragraphs(number))
    return (
        f'<html><head>{head}</head><body><div class="a1">{menu}</div>{top}<div class="b2"><h1>{headline(number)}</h1>'
        f'{above}<div class="c3">{text}</div>{below}</div><div class="d4">كل الحقوق للناشر</div></body></html>'
    )


def read(captured: Captured, make: Callable[[int], str]) -> Article:
    profile = learn([captured(make(number), number) for number in PAGES], SITE)
    article = extract(captured(make(OTHER), OTHER), SITE, profile=profile).article
    assert article is not None
    return article


def words(number: int) -> tuple[str, str]:
    return f"ميناء {PLACES[number % 12]}", f"ورشة {NUMBERS[number % 12]}"


def links(names: tuple[str, ...], kind: str) -> str:
    return "".join(f'<a class="{kind}" href="/topic/{name}">{name}</a>' for name in names)


def test_what_is_in_fashion_above_all_headlines_is_neither_tag_nor_writer(captured: Captured) -> None:
    def make(number: int) -> str:
        bar = f'<div class="t1">{links((*words(number + 5), *words(number + 7)), "t2")}</div>'
        own = f'<div class="g1">{links(words(number), "g2")}</div>' if number % 3 == 0 else ""
        return page(number, top=bar, below=own)

    article = read(captured, make)
    assert (article.tags, article.authors) == (words(OTHER), ())


def test_a_page_without_tags_has_none_where_others_have_theirs_below_the_text(captured: Captured) -> None:
    def make(number: int) -> str:
        bar = f'<div class="t1">{links((*words(number + 5), *words(number + 7)), "t2")}</div>'
        return page(number, top=bar, below=f'<div class="g1">{links(words(number), "g2")}</div>' if number % 4 else "")

    assert read(captured, make).tags == ()


def test_links_of_a_byline_are_no_tags_and_photographers_no_writers(captured: Captured) -> None:
    first, last = ("سمر", "نادر", "رنا", "ليث", "دانة"), ("العلي", "الحاج", "القاضي", "الفهد", "عيسى", "منصور", "حداد")

    def name(number: int) -> str:
        return f"{first[number % 5]} {last[number % 7]}"

    def make(number: int) -> str:
        photographer = f'<span class="c">تصوير: <a href="/c/{number}">{name(number + 18)}</a></span>'
        return page(
            number, above=f'<div><span class="c">كتابة: <a href="/c/7">{name(number)}</a></span>{photographer}</div>'
        )

    article = read(captured, make)
    assert (article.authors, article.tags) == ((name(OTHER),), ())


def test_a_place_that_mostly_shows_the_sites_name_shows_the_few_writers_too(captured: Captured) -> None:
    head = '<meta property="og:site_name" content="جريدة الميناء">'

    def make(number: int) -> str:
        who = writer(number) if number % 4 == 0 or number in (1, 7) else "جريدة الميناء"
        fields = f'<div><span class="w">{who}</span><span class="v">{number * 37} قراءة</span></div>'
        top = '<div class="l"><a href="/">جريدة الميناء</a></div>'
        return page(number, head=head, top=top, above=fields)

    assert read(captured, make).authors == (writer(OTHER),)


def test_a_caption_is_no_writer_where_a_page_names_none(captured: Captured) -> None:
    def make(number: int) -> str:
        who = f'<div class="w"><a href="/writer/{number % 3}">{writer(number)}</a></div>' if number % 2 else ""
        caption = f'<figure><img src="/{number}.jpg"><figcaption class="f">ميناء {PLACES[number % 12]} صباحاً</figcaption></figure>'
        return page(number, above=who + caption)

    assert read(captured, make).authors == ()


def test_a_column_is_signed_above_its_text_though_a_box_below_names_the_writer(captured: Captured) -> None:
    def make(number: int) -> str:
        if number % 2:
            return page(number, above=f'<div class="w"><a href="/writer/{number % 3}">{writer(number)}</a></div>')
        face = f'<div class="k"><img src="/w.jpg"><div class="n"><a href="/writer/{number % 3}">{writer(number)}</a></div><div class="j">كاتب</div></div>'
        box = f'<div class="m"><div class="o">{writer(number)}</div><div>يكتب في الصحيفة منذ {NUMBERS[number % 12]} عام.</div></div>'
        return page(number, above=face + "<i>0</i>" * 9, below=box)

    assert read(captured, make).authors == (writer(OTHER),)


def test_a_table_of_each_days_prices_is_text(captured: Captured) -> None:
    def rows(number: int) -> list[str]:
        goods = ("طن الحديد", "كيلو السكر", "أنبوبة الغاز", "الدولار")
        return [f"{each} {number * 31 + place} {number * 17 + place}" for place, each in enumerate(goods)]

    def make(number: int) -> str:
        if number % 3:
            return page(number)
        cells = ("".join(f"<td><p>{cell}</p></td>" for cell in row.rsplit(" ", 2)) for row in rows(number))
        first, *rest = (f"<div>{each}</div>" for each in paragraphs(number))
        table = f"<table><tr><td>السلعة</td><td>جملة</td><td>قطاعي</td></tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
        return page(number, text=f"{first}{table}{''.join(rest)}")

    text = " ".join(read(captured, make).text.split())
    assert all(row in text for row in rows(OTHER))


def test_headings_of_a_running_story_are_text_above_the_times_of_its_entries(captured: Captured) -> None:
    said = (
        "إغلاق رصيف {}",
        "وصول سفن إلى {}",
        "إصابات قرب {}",
        "تعطل رافعة {}",
        "وزير في {}",
        "هدوء حذر يعم {}",
        "{} بلا كهرباء",
    )

    def flash(number: int, place: int) -> str:
        return said[(number + place * 2) % len(said)].format(f"{PLACES[(number + place) % 12]} {NUMBERS[number % 12]}")

    def make(number: int) -> str:
        entries = (
            f'<div class="e"><article><h3 class="h">{flash(number, place)}</h3><div><p>1{place}:{number + 20}</p><p>{each}</p></div></article></div>'
            for place, each in enumerate(paragraphs(number))
        )
        return page(number, text="".join(entries)) if number % 2 == 0 else page(number)

    text = comparable(read(captured, make).text)
    assert all(comparable(flash(OTHER, place)) in text for place in (1, 2))
