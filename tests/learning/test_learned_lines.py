"""What a site prints around and within its texts, and how fields share a line: taught by its own pages."""

from collections.abc import Callable

import pytest

from crawler.extract import extract
from crawler.learning import learn
from storage.records import Article, Capture
from tests.support.newspapers.nameless_paper import NUMBERS, PLACES, SECTIONS, SITE, WRITERS, headline, page, paragraphs

Captured = Callable[..., Capture]
Page = Callable[[int], str]
TAUGHT = range(1, 9)
OTHER = 10
INITIALS = ("س.ع", "م.ن/ر.ك", "ط ه", "ن.ق")


def read(captured: Captured, made: Page) -> Article:
    """The article of a page by what eight others of its site teach."""
    profile = learn([captured(made(number), number) for number in TAUGHT], SITE)
    extraction = extract(captured(made(OTHER), OTHER), SITE, profile=profile)
    assert extraction.article is not None, extraction.reason
    return extraction.article


def with_byline(number: int, byline: str) -> str:
    begin, rest = page(number).split('<div class="x5">')
    return f'{begin}<div class="x5">{byline}{rest[rest.index("</div>") :]}'


def test_one_line_may_hold_writer_agency_and_date(captured: Captured) -> None:
    agencies = ("رويترز", "واس")

    def made(number: int) -> str:
        return with_byline(number, f"{WRITERS[number % 3]} - {agencies[number % 2]} - {number % 27 + 1} أكتوبر 2026")

    article = read(captured, made)
    assert article.authors == (WRITERS[OTHER % 3],)
    assert article.agency == agencies[OTHER % 2]
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2026-10-11"


@pytest.mark.parametrize("word", ["من", "قلم:"])
def test_a_word_that_stands_before_every_writer_is_no_part_of_a_name(captured: Captured, word: str) -> None:
    def made(number: int) -> str:
        writer = WRITERS[number % 3]
        return page(number).replace(f'<span class="x6">{writer}', f'<span class="x6">{word} {writer}')

    assert read(captured, made).authors == (WRITERS[OTHER % 3],)


def test_two_elements_at_a_bylines_place_are_two_writers_where_most_pages_have_one(captured: Captured) -> None:
    def made(number: int) -> str:
        second = f'<span class="x6">{WRITERS[(number + 1) % 3]}</span>' if number % 5 == 0 else ""
        return page(number).replace('<span class="x7">', f'{second}<span class="x7">')

    assert read(captured, made).authors == (WRITERS[OTHER % 3], WRITERS[(OTHER + 1) % 3])


def test_what_a_writer_is_is_no_second_writer(captured: Captured) -> None:
    def made(number: int) -> str:
        return page(number).replace(
            '<span class="x7">', f'<span class="x6">باحث من {PLACES[number]}</span><span class="x7">'
        )

    assert read(captured, made).authors == (WRITERS[OTHER % 3],)


def test_the_section_is_told_from_what_stands_in_its_line_on_all_pages(captured: Captured) -> None:
    def made(number: int) -> str:
        section = SECTIONS[number % 3]
        menu = page(number).replace(
            '<div class="m1">', '<div class="m1"><a href="/all">البوابة</a></div><div class="m1">', 1
        )
        return menu.replace(f'<div class="x4">{section}', f'<div class="x4">خ/{number} البوابة « {section}')

    assert read(captured, made).section == SECTIONS[OTHER % 3]


def test_a_page_without_a_date_at_its_place_takes_none_from_elsewhere(captured: Captured) -> None:
    def made(number: int) -> str:
        box = '<div class="q1"><span>3 مايو 2026</span></div>' if number == OTHER else ""
        html = page(number).replace('<div class="x9">', f'{box}<div class="x9">')
        return html.replace(f'<span class="x7">{number % 27 + 1} أكتوبر 2026</span>', "") if number == OTHER else html

    assert read(captured, made).published_at is None


def test_names_that_change_with_each_build_of_a_site_tell_nothing(captured: Captured) -> None:
    def made(number: int) -> str:
        title = f'<div class="x2">{headline(number)}</div>'
        html = page(number).replace(title, f"<h1>{headline(number)}</h1>")
        return html.replace('class="', f'class="css-{"abcd"[number // 3]}f9')

    article = read(captured, made)
    assert article.text.split("\n\n") == paragraphs(OTHER)
    assert article.title == headline(OTHER)


def _picture(number: int) -> str:
    return f'<div class="y1"><img src="/i/{number}.jpg"></div><div class="y2">مشهد من رصيف {PLACES[number]} بعدسة المراسل</div>'


def _call(number: int) -> str:
    return f'<div class="y3">شاهدوا الليلة على شاشتنا حلقة خاصة بضيافة فريق البرنامج من {PLACES[number]}.</div>'


def _label(number: int) -> str:
    return f'<div class="y4">{("من شركائنا", "مادة ترويجية", "رسالة تجارية")[number % 3]}</div>'


def _pulled(number: int) -> str:
    return f'<div class="y5">{" ".join(paragraphs(number)[1].split()[3:11])}</div>'


POINTS = (
    "رافعتان جديدتان تعملان قبل الصيف المقبل بحسب المقاول", "المجلس البلدي يطلب ممراً للمشاة بين السوقين",
    "صيادون يشكون من ضيق المرسى وقلة المظلات", "الحاويات تنقل ليلاً إلى المخزن الشرقي بعد الإغلاق",
    "مهندسون شبان يعدون خريطة بحرية للخليج كله", "التجار يطالبون بتعويض عن شهور التوقف الطويلة",
    "خفر السواحل يراجع مسار السفن الصغيرة كل مساء", "مدرسة بحرية تفتح أبوابها بعشرين مقعداً للطلبة",
    "مقاهي الواجهة تستعد لموسم مزدحم بالزوار والسفن", "نقابة الحمالين تقبل جدول الدوام بعد تصويت",
)  # fmt: skip


def _points(number: int) -> str:
    """On every other page, in lines that no other page has."""
    box = "".join(f"<div>{each}</div>" for each in POINTS[number - 2 : number])
    return f'<div class="y6"><div>الخبر في سطرين</div>{box}</div>' if number % 2 == 0 else ""


@pytest.mark.parametrize("insert", [_picture, _call, _label, _pulled])
def test_what_the_site_puts_between_paragraphs_is_left_out(captured: Captured, insert: Page) -> None:
    assert read(captured, lambda number: page(number, box=insert(number))).text.split("\n\n") == paragraphs(OTHER)


def test_a_box_that_begins_with_a_line_of_the_site_and_holds_no_sentence_is_left_out(captured: Captured) -> None:
    def named(number: int) -> str:
        made = page(number).replace('class="x9"', 'class="x9 article-body"')
        return made.replace('<div class="v3">', f'{_points(number)}<div class="v3">')

    assert read(captured, named).text.split("\n\n") == paragraphs(OTHER)


def test_a_signature_below_each_text_is_left_out_and_a_last_sentence_is_not(captured: Captured) -> None:
    def made(number: int, sign: str = "") -> str:
        return page(number).replace('<div class="v3">', f'<div>{sign or INITIALS[number % 4]}</div><div class="v3">')

    assert read(captured, made).text.split("\n\n") == paragraphs(OTHER)
    last = "وتنتهي الأشغال في الخريف المقبل."
    mixed = read(captured, lambda number: made(number, last if number == OTHER else ""))
    assert mixed.text.split("\n\n") == [*paragraphs(OTHER), last]


def test_a_paragraph_before_the_container_of_the_text_belongs_to_it(captured: Captured) -> None:
    def made(number: int) -> str:
        first = f"<div>{paragraphs(number)[0]}</div>"
        return (
            page(number)
            .replace(first, "")
            .replace('<div class="x9">', f'<div class="h0">{first}</div><div class="x9">')
        )

    assert read(captured, made).text.split("\n\n") == paragraphs(OTHER)


HEADINGS = ("ردود الفعل", "خلفية القضية", "أرقام ومؤشرات", "توصيات ومقترحات", "ماذا بعد", "تفاصيل القرار", "ما نعرفه")


@pytest.mark.parametrize("of", [6, 7])
def test_headings_that_a_site_uses_again_and_again_are_text(captured: Captured, of: int) -> None:
    """`of`: so many headings are in use; each article has two of them, before paragraphs of its own."""

    def made(number: int) -> str:
        first, second = (HEADINGS[(number + each) % of] for each in range(2))
        _, *rest = paragraphs(number)
        html = page(number, box=f"<h3>{first}</h3>")
        return html.replace(f"<div>{rest[-1]}</div>", f"<h3>{second}</h3><div>{rest[-1]}</div>")

    first, *rest = paragraphs(OTHER)
    headings = [HEADINGS[(OTHER + each) % of] for each in range(2)]
    assert read(captured, made).text.split("\n\n") == [first, headings[0], rest[0], headings[1], rest[1]]


@pytest.mark.parametrize(
    "below",
    ['<div><a href="/a/{n}">خبر آخر من أخبار الموانئ في المنطقة كلها رقم {n} لهذا الأسبوع.</a></div>', "<div>أرسلوا إلينا صوركم ومقاطعكم على الرقم المعروف لتنشر هنا.</div>"],
)  # fmt: skip
def test_headings_of_what_is_not_the_articles_own_are_furniture(captured: Captured, below: str) -> None:
    labels = ("من الأخبار", "من المنطقة", "شارك معنا")

    def made(number: int) -> str:
        return page(number, box=f"<h3>{labels[number % 3]}</h3>{below.format(n=number)}")

    assert read(captured, made).text.split("\n\n") == paragraphs(OTHER)


def test_a_heading_that_every_page_has_is_furniture(captured: Captured) -> None:
    text = read(captured, lambda number: page(number, box="<h3>شارك معنا</h3>")).text
    assert text.split("\n\n") == paragraphs(OTHER)


def _keywords(number: int) -> list[str]:
    return [("ملاحة", "صيد بحري", "جمارك", "تخزين")[number % 4], f"ميناء {PLACES[number]}", f"ورشة {NUMBERS[number]}"]


@pytest.mark.parametrize(
    "form",
    [
        lambda tags: f"<div class='q1'><b>كلمات البحث:</b> {'، '.join(tags)}</div>",
        lambda tags: f"<div class='q1'><span class='q2'>{' ، '.join(tags)}</span></div>",
        lambda tags: f"<p class='q1'>{' '.join('#' + tag.replace(' ', '_') for tag in tags)}</p>",
        lambda tags: f"<div class='q1'><b>كلمات البحث</b>{''.join(f'<span>{tag}</span>' for tag in tags)}</div>",
        lambda tags: f"<div class='q1'>{''.join(f'<span>{tag}</span>' for tag in tags)}</div>",
    ],
)
def test_tags_may_be_no_links(captured: Captured, form: Callable[[list[str]], str]) -> None:
    def with_tags(number: int) -> str:
        begin, rest = page(number).split('<div class="g1">')
        return begin + form(_keywords(number)) + rest[rest.index("</div>") + len("</div>") :]

    assert list(read(captured, with_tags).tags) == _keywords(OTHER)


def test_labelled_values_in_the_element_of_the_text_are_tags(captured: Captured) -> None:
    def with_tags(number: int) -> str:
        text = "<br><br>".join(paragraphs(number))
        tags = f"<div class='q1'><b>كلمات البحث:</b> <span class='q2'>{'، '.join(_keywords(number))}</span></div>"
        return f"<html><body><div class='x1'><h1>{headline(number)}</h1><div>{text}<br>{tags}</div></div></body></html>"

    article = read(captured, with_tags)
    assert (list(article.tags), article.text.split("\n\n")) == (_keywords(OTHER), paragraphs(OTHER))


@pytest.mark.parametrize(
    "line",
    [
        lambda number: f"شارك في التغطية: {WRITERS[number % 3]}، {WRITERS[(number + 1) % 3]}",
        lambda number: f"<span>حفظ</span><span>إرسال {number}</span><span>قراءة لاحقة</span>",
        lambda number: f"الجريدة | مر من هنا {number * 731} زائراً",
        lambda number: f"{number + 3} أكتوبر، 2026 - {number % 9 + 1}:4{number % 9}",
    ],
)
def test_names_counters_and_dates_below_a_text_are_no_tags(captured: Captured, line: Page) -> None:
    def with_line(number: int) -> str:
        begin, rest = page(number).split('<div class="g1">')
        return f"{begin}<div class='q1'>{line(number)}</div>{rest[rest.index('</div>') + len('</div>') :]}"

    assert read(captured, with_line).tags == ()


def test_a_title_that_names_the_section_alone_is_no_headline(captured: Captured) -> None:
    def titled(number: int) -> str:
        section = SECTIONS[number % 3]
        head = f'<title>{section}</title><meta property="og:title" content="{section}">'
        return page(number).replace("<title>الجريدة</title>", head)

    assert read(captured, titled).title == headline(OTHER)


def test_a_headline_that_all_pages_link_to_is_one(captured: Captured) -> None:
    def short(number: int) -> str:
        return f"ميناء {PLACES[number % 12]} يفتح أبوابه"

    def linked(number: int) -> str:
        most_read = f'<div class="mr"><a href="/a/{OTHER}">{short(OTHER)}</a></div><div class="f1">'
        made = page(number).replace(headline(number), short(number)).replace('<div class="f1">', most_read)
        return made.replace("<title>", f'<meta property="og:title" content="{short(number)}"><title>')

    assert read(captured, linked).title == short(OTHER)


def test_a_box_of_writers_below_the_headline_is_no_subtitle(captured: Captured) -> None:
    def boxed(number: int) -> str:
        box = f"<div>عن المقال</div><ul><li>بقلم {WRITERS[number % 3]}</li><li>مراسل في {PLACES[number]}</li></ul>"
        begin, rest = page(number).split('<div class="x5">')
        return (
            f'{begin}<div class="w1">{box}</div><div class="x5">{rest[rest.index("<span class=" + chr(34) + "x7") :]}'
        )

    article = read(captured, boxed)
    assert (article.authors, article.subtitle) == ((WRITERS[OTHER % 3],), None)
