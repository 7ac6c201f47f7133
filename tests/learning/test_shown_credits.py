"""Writers, sections and tags as sites show them: told apart by icons and labels, in one line, below the text."""

from collections.abc import Callable

import pytest

from crawler.extract import extract
from crawler.learning import learn
from storage.records import Article, Capture
from tests.support.newspapers.nameless_paper import NUMBERS, PLACES, SECTIONS, SITE, WRITERS, headline, paragraphs

Captured = Callable[..., Capture]
PAGES = range(1, 12)
OTHER = 12
PEOPLE = (*WRITERS, "رنا الحاج", "سامر عيسى", "ليث القاضي", "دانة الفهد", "وليد نصر")
DATE = "<b>{} تشرين الأول 2026</b>"


def writer(number: int) -> str:
    return WRITERS[number % len(WRITERS)]


def section(number: int) -> str:
    return SECTIONS[number % len(SECTIONS)]


def agency(number: int) -> str | None:
    return ("رويترز", "واس", None)[number % 3]


def page(number: int, above: str, *, within: str = "", below: str = "") -> str:
    menu = "".join(f'<a href="/s/{place}">{name}</a>' for place, name in enumerate(SECTIONS))
    text = "".join(f"<div>{paragraph}</div>" for paragraph in paragraphs(number))
    return (
        f'<html><body><div class="a1">{menu}</div><div class="b2"><h1>{headline(number)}</h1>{above}'
        f'<div class="c3">{text}{within}</div>{below}</div><div class="d4">كل الحقوق للناشر</div></body></html>'
    )


def read(captured: Captured, make: Callable[[int], str]) -> Article:
    profile = learn([captured(make(number), number) for number in PAGES], SITE)
    article = extract(captured(make(OTHER), OTHER), SITE, profile=profile).article
    assert article is not None
    assert article.text.split("\n\n") == paragraphs(OTHER)
    return article


def test_an_icon_says_which_field_an_element_of_a_list_is(captured: Captured) -> None:
    def make(number: int) -> str:
        fields = [("pen", writer(number)), ("clock", f"{number} تشرين الأول 2026"), ("globe", agency(number))]
        shown = [f'<li class="f"><i class="ic {icon}"></i> {value}</li>' for icon, value in fields if value]
        return page(number, f'<ul class="m">{"".join(shown)}</ul>')

    article = read(captured, make)
    assert (article.authors, article.agency) == ((writer(OTHER),), agency(OTHER))


def test_a_label_says_which_field_the_element_behind_it_is(captured: Captured) -> None:
    def make(number: int) -> str:
        fields = [("التاريخ", f"{number} تشرين الأول 2026"), ("الراوي", writer(number)), ("الركن", section(number))]
        return page(number, f"<dl>{''.join(f'<dt>{label}</dt><dd>{value}</dd>' for label, value in fields)}</dl>")

    article = read(captured, make)
    assert (article.authors, article.section) == ((writer(OTHER),), section(OTHER))


def test_labels_part_a_line_of_several_fields(captured: Captured) -> None:
    def make(number: int) -> str:
        line = f"{number} تشرين الأول 2026 | صاحب المادة: {writer(number)} | الركن: {section(number)}"
        return page(number, f'<div class="m">{line}</div>')

    article = read(captured, make)
    assert (article.authors, article.section) == ((writer(OTHER),), section(OTHER))


@pytest.mark.parametrize("what", ["مراسل الجريدة", "من أسرة الصحيفة"])
def test_what_a_writer_is_names_no_other_writer(captured: Captured, what: str) -> None:
    def make(number: int) -> str:
        return page(number, f'{DATE.format(number)}<div class="m">{writer(number)}، {what}</div>')

    assert read(captured, make).authors == (writer(OTHER),)


@pytest.mark.parametrize("account", ["Super User", "غرفة الأخبار المركزية"])
def test_the_account_that_posts_what_has_no_writer_is_none(captured: Captured, account: str) -> None:
    def make(number: int) -> str:
        who = writer(number) if number % 4 == 1 and account.isascii() else account
        return page(number, f'{DATE.format(number)}<a rel="author" class="author" href="/u/{number % 4}">{who}</a>')

    assert read(captured, make).authors == ()


def test_a_text_may_be_signed_at_its_end(captured: Captured) -> None:
    def make(number: int) -> str:
        signed = f'<div class="g"><div>{writer(number)}</div><div class="h">كاتب من {PLACES[number % 12]}</div></div>'
        return page(number, DATE.format(number), within=signed)

    assert read(captured, make).authors == (writer(OTHER),)


def test_an_article_may_be_filed_below_its_text(captured: Captured) -> None:
    def make(number: int) -> str:
        filed = f'<div class="g"><span>في</span> <a href="/s/{number % 3}">{section(number)}</a></div>'
        tags = f'<p class="k"><a href="/t/1">#ميناء_{PLACES[number % 12]}</a> <a href="/t/2">#رصيف_{NUMBERS[number % 12]}</a></p>'
        return page(number, DATE.format(number), below=filed + tags)

    article = read(captured, make)
    assert article.section == section(OTHER)
    assert article.tags == (f"ميناء {PLACES[OTHER % 12]}", f"رصيف {NUMBERS[OTHER % 12]}")


def test_the_moment_of_rendering_is_no_date_though_no_place_of_the_shown_one_is_known(captured: Captured) -> None:
    def make(number: int) -> str:
        boxes = "".join(f"<div>مساحة {place} للإعلان</div>" for place in ("أولى", "ثانية", "ثالثة", "رابعة"))
        html = page(number, f"{boxes}<div>{number} تشرين الأول 2026</div>")
        meta = f'<meta property="article:published_time" content="2026-11-{number + 10}T09:00:00+00:00">'
        return html.replace("<body>", f"<head>{meta}</head><body>", 1)

    published = read(captured, make).published_at
    assert published is not None
    assert published.date().isoformat() == "2026-10-12"


def test_writers_have_cards_with_a_picture_and_what_they_are(captured: Captured) -> None:
    def make(number: int) -> str:
        people = (PEOPLE[number % 8], PEOPLE[(number + 5) % 8])[: 1 + (number % 3 == 0)]
        card = (
            '<div class="c"><img src="/w/{}.jpg"><div class="i"><div>{}</div><div>محررة الشؤون العامة</div></div></div>'
        )
        shown = "".join(card.format(place, name) for place, name in enumerate(people))
        return page(number, f'{DATE.format(number)}<div class="m">{shown}</div>')

    assert read(captured, make).authors == (PEOPLE[4], PEOPLE[1])


def test_a_name_beside_a_small_picture_is_no_caption(captured: Captured) -> None:
    def make(number: int) -> str:
        who = f'<div class="m"><img src="/w/{number % 4}.png"><a href="/p/{number % 4}">{writer(number)}</a></div>'
        return page(number, DATE.format(number) + who)

    assert read(captured, make).authors == (writer(OTHER),)


def test_whoever_took_the_picture_is_no_writer(captured: Captured) -> None:
    def make(number: int) -> str:
        who = f'<span class="w">متابعة: {writer(number)}</span>' if number % 3 else ""
        shot = f'<span class="p">عدسة: {writer(number + 7)}</span>'
        return page(number, f'{DATE.format(number)}<div class="m"><img src="/{number}.jpg">{who}{shot}</div>')

    assert read(captured, make).authors == ()


def test_names_in_a_box_with_links_or_of_those_who_comment_are_no_signatures(captured: Captured) -> None:
    def make(number: int) -> str:
        comments = "".join(f"<p><b>{writer(number + place)}:</b> شكرا على الخبر</p>" for place in range(1 + number % 3))
        return page(number, DATE.format(number), below=f'<div class="t">{comments}</div>')

    assert read(captured, make).authors == ()


@pytest.mark.parametrize("agency", ["سي إن إن عربية", "رويترز بالعربية"])
def test_an_agency_may_be_named_with_its_language(captured: Captured, agency: str) -> None:
    def make(number: int) -> str:
        who = agency if number % 3 == 0 else writer(number)
        return page(number, f'{DATE.format(number)}<div class="m">{who}</div>')

    article = read(captured, make)
    assert (article.authors, article.agency) == ((), agency)


def test_a_signature_below_texts_that_all_end_with_one_is_read(captured: Captured) -> None:
    def make(number: int) -> str:
        return page(number, DATE.format(number), within=f"<div>({('رويترز', 'واس', 'بترا')[number % 3]})</div>")

    assert read(captured, make).agency == "رويترز"


def test_initials_below_texts_that_are_cells_of_a_table_are_left_out(captured: Captured) -> None:
    def make(number: int) -> str:
        lines = "<br><br>".join([*paragraphs(number), ("ق.ن / ط.ن", "(انتهى) ه.ع م.ر", "س.ع / ر.ح")[number % 3]])
        return (
            f"<html><body><table><tr><td>{DATE.format(number)}<h1>{headline(number)}</h1></td></tr>"
            f'<tr><td class="b">{lines}</td></tr></table></body></html>'
        )

    read(captured, make)


def test_a_headline_in_two_elements_is_one_line(captured: Captured) -> None:
    def make(number: int) -> str:
        words = headline(number).split()
        shown = f'<h2><span class="x">{words[0]}</span><span class="y">{" ".join(words[1:])}</span></h2>'
        other = (
            f'<a href="/a/{number - 1}">{headline(number - 1)}</a><a href="/a/{number + 1}">{headline(number + 1)}</a>'
        )
        html = page(number, DATE.format(number), below=other).replace(f"<h1>{headline(number)}</h1>", shown)
        return html.replace("<body>", "<head><title>الصحيفة</title></head><body>", 1)

    assert read(captured, make).title == headline(OTHER)


def test_a_page_that_is_empty_at_the_place_of_writers_has_none_though_a_further_article_has(captured: Captured) -> None:
    def make(number: int, *, signed: bool = True) -> str:
        by = f'<a rel="author" href="/w/{number % 3}">{writer(number)}</a>' if signed else ""
        further = f'<div class="n"><h4>{headline(number + 1)}</h4><p class="s"><a rel="author">{writer(number + 1)}</a></p></div>'
        return page(number, f'<div class="s">{by} {number} تشرين الأول 2026</div>', below=further)

    profile = learn([captured(make(number), number) for number in PAGES], SITE)
    signed = extract(captured(make(OTHER), OTHER), SITE, profile=profile).article
    unsigned = extract(captured(make(OTHER, signed=False), OTHER), SITE, profile=profile).article
    assert signed is not None
    assert unsigned is not None
    assert (signed.authors, unsigned.authors) == ((writer(OTHER),), ())


def test_one_line_of_elements_shows_city_writer_agency_and_time(captured: Captured) -> None:
    def make(number: int) -> str:
        who = " - ".join(part for part in (PLACES[number % 12], writer(number), agency(number)) if part)
        parts = (who, f"{number} تشرين الأول 2026", f"{number % 5 + 2} دقائق للقراءة")
        line = "<span>•</span>".join(f"<span>{part}</span>" for part in parts)
        tags = f"<span>ميناء {PLACES[number % 12]}</span> <span>ورشة {NUMBERS[number % 12]}</span>"
        return page(number, f'<div class="m">{line}</div>', below=f'<div class="k">{tags}</div>')

    article = read(captured, make)
    assert (article.authors, article.agency) == ((writer(OTHER),), agency(OTHER))


def test_a_writer_in_a_box_that_the_learned_pages_lack_is_read(captured: Captured) -> None:
    def make(number: int, *, boxed: bool = False) -> str:
        by = f'<div class="s"><a class="author">{writer(number)}</a></div>'
        box = f'<div class="author-bio"><h2 class="author-title">بقلم {writer(number)}</h2><p>يكتب منذ سنوات</p></div>'
        return page(number, DATE.format(number) + ("" if boxed else by), below=box if boxed else "")

    profile = learn([captured(make(number), number) for number in PAGES], SITE)
    boxed = extract(captured(make(OTHER, boxed=True), OTHER), SITE, profile=profile).article
    assert boxed is not None
    assert boxed.authors == (writer(OTHER),)


def test_the_line_of_a_picture_at_the_place_of_names_on_few_pages_does_not_hide_them(captured: Captured) -> None:
    def make(number: int) -> str:
        shown = "رافعات على الرصيف كما بدت صباح الاثنين" if number == PAGES[4] else PEOPLE[number % len(PEOPLE)]
        return page(number, f'<div class="m">{shown}</div>{DATE.format(number)}')

    assert read(captured, make).authors == (PEOPLE[OTHER % len(PEOPLE)],)


def test_a_name_that_titles_begin_with_before_a_colon_is_the_sites_and_none_of_a_byline(captured: Captured) -> None:
    def make(number: int) -> str:
        by = f"<b>{writer(number)}/ {PEOPLE[number % 5 + 3]} - مدونة المرفأ</b><br>" if number % 3 else ""
        html = page(number, DATE.format(number)).replace('<div class="c3">', f'<div class="c3">{by}')
        return html.replace("<body>", f"<head><title>مدونة المرفأ: {headline(number)}</title></head><body>")

    profile = learn([captured(make(number), number) for number in PAGES], SITE)
    assert profile.names == {"مدونة المرفا"}
    article = extract(captured(make(PAGES[0]), PAGES[0]), SITE, profile=profile).article
    assert article is not None
    assert (article.authors, article.text.split("\n\n")) == ((writer(1), PEOPLE[4]), paragraphs(1))


@pytest.mark.parametrize("thousands", [",", "\u066c", "\u060c"])
def test_a_line_that_differs_in_its_numbers_alone_is_no_subtitle(captured: Captured, thousands: str) -> None:
    def make(number: int) -> str:
        readers = f"{487 + number}" if number % 2 else f"{number}{thousands}735"
        return page(number, f'<div class="m">{number} {readers} أقل من دقيقة</div>')

    profile = learn([captured(make(number), number) for number in (1, 2, 4)], SITE)
    article = extract(captured(make(OTHER), OTHER), SITE, profile=profile).article
    assert article is not None
    assert article.subtitle is None


def test_of_two_lists_of_links_below_the_text_tags_are_those_whose_addresses_say_so(captured: Captured) -> None:
    def make(number: int) -> str:
        firms = "".join(f'<a href="/firm/{each}">شركة {PLACES[each % 12]}</a> ' for each in (number, number * 5 + 1))
        words = (f"ميناء {PLACES[number % 12]}", f"رصيف {NUMBERS[number % 12]}")
        tags = "".join(f'<a href="/topic/{each}">{word}</a> ' for each, word in enumerate(words)) if number % 3 else ""
        return page(number, DATE.format(number), below=f'<div class="q">{firms}</div><div class="k">{tags}</div>')

    profile = learn([captured(make(number), number) for number in PAGES], SITE)
    article = extract(captured(make(13), 13), SITE, profile=profile).article
    assert article is not None
    assert article.tags == (f"ميناء {PLACES[1]}", f"رصيف {NUMBERS[1]}")


def test_buttons_and_headlines_with_a_name_show_no_writers(captured: Captured) -> None:
    def make(number: int) -> str:
        ticker = (f"{PEOPLE[number % 8]}: وافقت البلدية على 10 مشاريع", f"القبض على {number} متهمين في الميناء")[
            number % 2
        ]
        buttons = f"<span>استمع للخبر</span><span>مشاركة عبر</span><span>{number % 5 + 2} دقائق للقراءة</span>"
        above = f'<div class="k"><a href="/a/{number + 1}">{ticker}</a></div>'
        return page(number, f'{DATE.format(number)}<div class="m">{buttons}</div>').replace("<h1>", f"{above}<h1>")

    assert read(captured, make).authors == ()
