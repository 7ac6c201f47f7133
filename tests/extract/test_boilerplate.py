"""The phrases that are no part of an article, and the sentences that only look like them."""

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.body.boilerplate import kind_of
from crawler.html.spelling import comparable_line


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("اقرأ أيضاً: طوكيو تعزز دفاعاتها الصاروخية", "read-also"),
        ("إقرأ أيضًا", "read-also"),
        ("اظهر المزيد", "read-also"),
        ("مقالات ذات صلة", "related"),
        ("• مقالات ذات صلة:", "related"),
        ("اترك تعليقاً", "comment-form"),
        ("لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *", "comment-form"),
        ("إرســال التعليق", "comment-form"),
        ("شاركها", "share"),
        ("زر الذهاب إلى الأعلى", "nav"),
        ("إغلاق", "nav"),
        ("جميع الحقوق محفوظة © 2025 صحيفة المثال", "copyright"),
        ("المزيد: أسعار الذهب اليوم", "read-also"),
        ("تابعوا صفحتنا على فيسبوك", "newsletter"),
        ("تابعنا على واتساب", "newsletter"),
        ("▶ تابعوا آخر أخبارنا عبر Google News", "newsletter"),
        ("للاشتراك في قناتنا على تلغرام اضغط هنا", "newsletter"),
        ("انضم إلى قناة الموقع على واتساب", "newsletter"),
        ("يمكنكم متابعة أخبارنا عبر تطبيق نبض وقناتنا على تلغرام.", "newsletter"),
        ("لمتابعة أهم الأخبار اشترك في قناتنا على التليغرام", "newsletter"),
        ("اشترك في قناة صحيفة المثال على يوتيوب", "newsletter"),
    ],
)
def test_chrome_is_known_in_any_spelling(line: str, kind: str) -> None:
    assert kind_of(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "المزيد من القتلى سقطوا في القصف الذي استهدف المدينة فجر اليوم.",
        "شارك الوزير في الاجتماع الذي عقد في العاصمة أمس.",
        "إغلاق مطار بيروت أمام الملاحة الجوية لمدة ثلاثة أيام",
        "شاهد أيضا رجال الدفاع المدني النيران وهي تلتهم المبنى، وقال أحدهم إنها كانت هائلة.",
        "اقرأ المزيد من الكتب، هكذا قال الأستاذ لطلابه.",
        "إعلان نتائج الانتخابات يتأخر",
        "منذ ثلاث سنوات والمدينة بلا ماء.",
        "نقلا عن مصادر مطلعة، قالت الصحيفة إن المفاوضات ستستأنف.",
        "وتابع الناطق في بيان نشره على صفحته في فيسبوك أن العملية مستمرة.",
        "وتابع عبر حسابه على تويتر: سنواصل العمل حتى النهاية",
        "وتابع الوزير عبر حسابه على تويتر: سنواصل العمل حتى النهاية.",
        "تابع ملايين المشاهدين المباراة عبر قناة الجزيرة ويوتيوب.",
        "تابعوا المباراة عبر شاشات المقاهي وقنوات يوتيوب.",
        "اشترك في الجريمة ثلاثة أشخاص تعرفوا إلى بعضهم عبر مجموعة على واتساب.",
        "انضم اللاعب إلى الفريق، وأعلن ذلك على حسابه في انستغرام.",
        "متابعة القضية بدأت بعد منشور على صفحة المدعي في فيسبوك.",
        "لمتابعة القضية شكلت الوزارة لجنة، كما قالت في صفحتها على فيسبوك.",
        "اشتركت الشركة في المعرض الذي تنظمه منصة على فيسبوك",
        "تويتر",
        "",
    ],
)
def test_sentences_and_headlines_that_begin_alike_are_kept(line: str) -> None:
    assert kind_of(line) is None


def test_a_doubtful_beginning_counts_where_the_line_is_a_link() -> None:
    assert kind_of("شاهد أيضا: حريق في المدينة", linked=0.7) == "read-also"
    assert kind_of("شاهد أيضا: حريق في المدينة", linked=0.1) is None


def test_a_long_paragraph_is_never_boilerplate_by_its_beginning() -> None:
    assert kind_of("اقرأ أيضاً " + "ما كتبه المؤرخون عن المدينة في القرن الماضي " * 8) is None


@given(st.text(max_size=300))
def test_no_line_raises(line: str) -> None:
    assert kind_of(line) is None or isinstance(kind_of(line), str)


def test_every_row_of_the_table_finds_itself() -> None:
    table = resources.files("crawler.extract.body").joinpath("boilerplate.tsv").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    assert len(rows) > 400
    assert {match for _, _, match in rows} == {"whole-line", "line-prefix", "linked-prefix"}
    assert [phrase for phrase, _, _ in rows if kind_of(phrase, linked=1.0) is None] == []


def test_folding_keeps_punctuation_and_drops_marks() -> None:
    assert comparable_line("إقرأ  أيضــاً:") == "اقرا ايضا:"
