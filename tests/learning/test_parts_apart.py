"""Texts whose parts stand in elements far apart, as page builders print them: every part is learned."""

from collections.abc import Callable, Sequence

from crawler.extract import extract
from crawler.learning import learn
from storage.records import Capture
from tests.support.newspapers.nameless_paper import NUMBERS, PLACES, SITE, headline, teaser

Captured = Callable[..., Capture]
PAGES = range(1, 12)
OTHER = 12
SENTENCES = (
    "بدأت صباح الأحد أشغال توسعة ميناء {place} بكلفة بلغت {count} مليوناً بحسب بيان الشركة المشرفة على الورشة.",
    "وقال مدير الورشة في {place} إن {count} عاملاً يتناوبون على الرصيف الجديد ليلاً ونهاراً حتى نهاية العام.",
    "ويرى سكان {place} أن الطريق المؤدي إلى الرصيف يحتاج هو الآخر إلى {count} مصباحاً قبل الافتتاح الرسمي.",
    "وتضم المرحلة الأولى من مشروع {place} مخازن مبردة تتسع لنحو {count} حاوية، وساحة للشاحنات القادمة من الداخل.",
    "وكانت بلدية {place} قد رفضت في الربيع تصميماً سابقاً لأنه يقطع {count} شجرة من حديقة الواجهة البحرية.",
    "ويقول صيادون من {place} إن الورشة أبعدت قواربهم مسافة {count} متر عن المرفأ، وإنهم لم يتلقوا أي تعويض.",
    "وردت الشركة بأن {count} قارباً عادت إلى أماكنها، وأن ميناء {place} سيبقى مفتوحاً أمامها طوال مدة الأشغال.",
    "ومن المقرر أن تستقبل أرصفة {place} أول سفينة في الصيف المقبل، بعد {count} يوماً من التجارب على الرافعات.",
)
GROUPS = ((1, 6, 1), (5, 1, 2), (1, 1, 5, 1), (6, 2), (2, 1, 5))
COMMENT = "شكراً لكم على متابعة أخبار {place} من قارئ يسكن قرب الورشة منذ {count} سنة ولا ينام من ضجيج الحفارات"
ANSWER = "نتمنى أن تكتبوا عن أسعار الإيجارات في {place} أيضاً فقد تضاعفت وبلغت {count} ألفاً ولا أحد يسأل عنا"
QUOTATION = "من حقنا أن نعرف متى تنتهي الأشغال في {place}، فالورشة أمام بيوتنا منذ {count} يوماً بلا توقف."


def said(number: int, *sentences: str) -> list[str]:
    words = {"place": PLACES[number % 12], "count": NUMBERS[number % 12]}
    return [each.format(**words) for each in sentences]


def groups(number: int) -> list[list[str]]:
    rest = said(number, *SENTENCES)
    sizes = GROUPS[number % len(GROUPS)]
    return [rest[sum(sizes[:place]) : sum(sizes[: place + 1])] for place in range(len(sizes))]


def row(name: str, inner: str) -> str:
    return f'<div class="row"><div class="col"><div class="{name}">{inner}</div></div></div>'


def parts(number: int) -> list[str]:
    return ["".join(f"<p>{each}</p>" for each in group) for group in groups(number)]


def comments(number: int) -> str:
    """What readers wrote below an article, at length."""
    return "".join(
        row("cm", f"<p>{said(number + each, COMMENT)[0]}</p><p>{said(number + each + 1, ANSWER)[0]}</p>")
        for each in (2, 5, 7)
    )


def page(number: int, rows: str, after: str = "") -> str:
    return (
        f'<html><body><div class="m1"><a href="/">الجريدة</a></div><div class="rows">{row("hd", f"<h1>{headline(number)}</h1>")}'
        f"{rows}</div>{after}<p>جميع الحقوق محفوظة للجريدة</p></body></html>"
    )


def lines(captured: Captured, make: Callable[[int], str], pages: range = PAGES) -> Sequence[str]:
    profile = learn([captured(make(number), number) for number in pages], SITE)
    assert profile.templates
    article = extract(captured(make(OTHER), OTHER), SITE, profile=profile).article
    assert article is not None
    return article.text.split("\n\n")


def test_every_element_of_the_text_is_taken_between_rows_of_other_kinds(captured: Captured) -> None:
    def make(number: int) -> str:
        first, *rest = (row("ed", part) for part in parts(number))
        return page(number, first + row("tz", teaser((number + 5) % 12)) + "".join(rest) + comments(number))

    assert lines(captured, make) == said(OTHER, *SENTENCES)


def test_parts_of_other_kinds_between_them_are_text(captured: Captured) -> None:
    def make(number: int) -> str:
        first, *rest = (row("ed", part) for part in parts(number))
        quotation = row("bq", f"<blockquote><p>{said(number, QUOTATION)[0]}</p></blockquote>") * (number % 3 != 1)
        inserts = row("tz", teaser((number + 5) % 12) + teaser((number + 7) % 12))
        return page(number, f'<div class="stack">{first}{inserts}{quotation}{"".join(rest)}</div>')

    first, *rest = groups(OTHER)
    assert lines(captured, make) == [*first, *said(OTHER, QUOTATION), *(each for group in rest for each in group)]


def test_a_further_article_of_the_page_is_none_of_the_parts(captured: Captured) -> None:
    def make(number: int) -> str:
        def article(of: int) -> str:
            return f'<div class="art"><h2>{headline(of)}</h2><div class="ed">{"".join(parts(of))}</div></div>'

        return page(number, "", article(number) + article(number + 5 if number < OTHER else 10))

    assert lines(captured, make, range(1, 6)) == said(OTHER, *SENTENCES)
