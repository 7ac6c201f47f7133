"""Writers and agencies that the page prints in elements without a telling name, in datelines and under the text."""

import pytest

from crawler.extract.fields.bylines import read_source
from tests.support.rooms.fields import PROSE, TITLE, article

LEAD = "أقر المجلس في جلسته الأسبوعية مشروع الطريق الجديد"
LAST = "ويبدأ العمل مطلع الشهر المقبل."


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<div>إعداد: سالم علي</div>", ("سالم علي",)),
        ("<div>أعدته - منى الصالح</div>", ("منى الصالح",)),
        ('<div class="author">سالم علي (رام الله)</div>', ("سالم علي",)),
        ('<div class="byline"><div>الرياض</div><div>منذ 8 ساعات</div></div>', ()),
        ('<div class="a-box"><h4 class="author-box__name">سالم علي</h4></div>', ("سالم علي",)),
        ("<div>بقلم | سالم علي</div>", ("سالم علي",)),
        ("<p>كتبت - منى الصالح</p>", ("منى الصالح",)),
        ("<div><b>كتب:</b> سالم علي ومنى الصالح</div>", ("سالم علي", "منى الصالح")),
        ("<ul><li>بقلم سالم علي</li></ul>", ("سالم علي",)),
        ("<div>بقلم: سالم علي | 28 أكتوبر 2025</div>", ("سالم علي",)),
        ("<table><tr><th>الزيارات</th><td>77</td></tr><tr><th>إعداد</th><td>سالم علي</td></tr></table>", ("سالم علي",)),
        ("<div>تقرير: حرائق الغابات تتسع</div>", ()),
        ("<div>متابعة: وكالات</div>", ()),
        ("<div>كتب: ما قرأناه هذا العام</div>", ()),
        ("<aside>بقلم: سالم علي</aside>", ()),
        ('<div class="related-posts"><p>بقلم: سالم علي</p></div>', ()),
    ],
)
def test_a_byline_beside_the_headline_names_the_writer(line: str, authors: tuple[str, ...]) -> None:
    assert article(before=line).authors == authors


def test_a_declared_writer_wins_over_a_printed_one() -> None:
    assert article('<meta name="author" content="منى الصالح">', "<div>إعداد: سالم علي</div>").authors == ("منى الصالح",)


@pytest.mark.parametrize(
    ("first", "agency"),
    [
        (f"عمان 28 أكتوبر (بترا) - {LEAD}.", "بترا"),
        (f"القاهرة (رويترز) - {LEAD}.", "رويترز"),
        (f"(أ ف ب) – {LEAD}.", "أ ف ب"),
        (f"القاهرة – رويترز: {LEAD}.", "رويترز"),
        (f"الدوحة في 28 أكتوبر /قنا/ {LEAD}.", "قنا"),
        (f"في العام 2025/2026 {LEAD}.", None),
        ("القاهرة – رويترز", "رويترز"),
        (f"دبي - سمير العلي: {LEAD}.", None),
        (f"قالت وكالة (رويترز) إن {LEAD}.", None),
        (f"{LEAD} كما ذكرت رويترز - {LAST}", None),
    ],
)
def test_a_dateline_names_the_agency_and_stays_in_the_text(first: str, agency: str | None) -> None:
    result = article(after=f'</article><article class="x">{PROSE}', title=_page(first, LAST))
    assert result.agency == agency
    assert result.text.startswith(first)


@pytest.mark.parametrize(
    ("last", "agency", "kept"),
    [
        (f"{LAST} --(بترا)", "بترا", True),
        (f"{LAST} --(بترا) س ع/ م ح", "بترا", True),
        (f"{LAST} (رويترز)", "رويترز", True),
        ("--(بترا)", "بترا", False),
        ("-- (بترا)", "بترا", False),
        ("عن رويترز", "رويترز", False),
        ("عن الأمل", None, True),
        (f"وقالت (رويترز) ذلك في خبرها. {LAST}", None, True),
        (f"{LAST} (انتهى)", None, True),
    ],
)
def test_an_agency_signs_the_end_of_a_text(last: str, agency: str | None, kept: bool) -> None:
    result = article(title=_page(f"{LEAD}.", last))
    assert result.agency == agency
    assert result.text.endswith(last) == kept


@pytest.mark.parametrize("line", ["القاهرة – رويترز", "لندن: رويترز"])
def test_a_dateline_beside_the_headline_names_the_agency(line: str) -> None:
    assert article(before=f"<div>{line}</div>").agency == "رويترز"


@pytest.mark.parametrize("source", ["المصدر - رويترز", "المصدر: - رويترز", "المصدر: «رويترز»", "رويترز (القاهرة)"])
def test_marks_and_cities_beside_an_agency_are_no_part_of_its_name(source: str) -> None:
    assert read_source(source) == "رويترز"


@pytest.mark.parametrize("source", ["خاص للموقع", "متابعة خاصة", "حصري", "صحيفة المثال"])
def test_a_source_line_that_names_the_site_itself_names_no_agency(source: str) -> None:
    assert article(f"<title>{TITLE} - صحيفة المثال</title>", f"<div>المصدر: {source}</div>").agency is None


@pytest.mark.parametrize("byline", ["«صحيفة المثال الجديد»", "(أ ف ب)", "«رويترز»"])
def test_no_writer_is_a_paper_or_an_agency(byline: str) -> None:
    assert article(before=f'<div class="author">{byline}</div>').authors == ()


def test_a_desk_is_named_where_readers_see_it_and_never_by_metadata_alone() -> None:
    assert article('<meta name="author" content="المحرر">').authors == ()
    assert article(before='<div class="author">هيئة التحرير</div>').authors == ("هيئة التحرير",)


def _page(first: str, last: str) -> str:
    """A headline and a body of three paragraphs, the only one of its page that is declared."""
    middle = "وقال رئيس المجلس إن المشروع سيخدم سكان القرى المجاورة كلها، وإن تكلفته بلغت أربعين مليونا هذا العام."
    return (
        "<h1>المجلس يقر مشروع الطريق الجديد إلى الميناء</h1>"
        f'<div itemprop="articleBody"><p>{first}</p><p>{middle}</p><p>{last}</p></div>'
    )
