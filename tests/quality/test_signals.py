"""Signals tell prose from what repeats, lists, boilerplate and other languages; bounds are one table with sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.quality import THRESHOLDS, failing, measure
from storage.quality.signals import Signals
from tests.support.source_tree import ROOT

PROSE = (
    "أعادت بلدية مرسى النور فتح الجسر الجنوبي أمام السيارات والمشاة في الاتجاهين بعد انتهاء صيانة فواصله المعدنية.\n\n"
    "وقال رئيس البلدية إن العمل انتهى قبل موعده بيومين، وإن كلفته كانت أقل من المقدر له في موازنة العام الحالي.\n\n"
    "وأضاف أن فريقا من المهندسين سيتابع حركة الجسر على مدى ثلاثة أشهر، مع أن الاختبارات الأولى كانت مطمئنة."
)
EVERY = [each.signal for each in THRESHOLDS]


def failed(text: str) -> str | None:
    signals = measure(text)
    return failing({name: getattr(signals, name) for name in EVERY}, EVERY)


def test_prose_passes_every_threshold() -> None:
    assert failed(PROSE) is None
    assert measure(PROSE).arabic_share == 1


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        ("arabic_share", "The municipality has reopened the southern bridge to cars. " * 3),
        ("language_score", "شهرداری پل جنوبی را پس از پایان تعمیرات به روی خودروها و عابران باز کرد و گفت که کار زودتر پایان یافت."),
        ("duplicate_lines", "\n".join(["أعلنت الوزارة عن موعد بدء التسجيل في المدارس."] * 3)),
        ("top_2_grams", "عاجل جدا من الميناء عاجل جدا في المدينة عاجل جدا بعد قليل عاجل جدا على الطريق."),
        ("punctuated_lines", "أعلنت الوزارة عن موعد بدء التسجيل في المدارس من جديد\n" + "وقالت إن الأبواب ستفتح في موعدها المعلن على الجميع"),
        ("short_lines", "في البدء.\nمن هنا.\nعلى مهل.\n"),
        ("boilerplate", "قال الوزير إن العمل مستمر في كل المدن.\nاقرأ أيضا: ما قاله الوزير عن العمل من قبل في المدينة الكبيرة."),
        ("stop_words", "مباراة اليوم انتهت بفوز كبير جدا لفريق المدينة أمام ضيفه القادم."),
    ],
)  # fmt: skip
def test_each_fault_of_a_text_is_named(signal: str, text: str) -> None:
    assert failed(text) == signal


def test_an_n_gram_that_comes_again_is_counted_by_its_letters() -> None:
    ten = "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة"
    assert measure(f"{ten} {ten}").duplicate_10_grams == 0.5
    assert measure(ten).duplicate_5_grams == 0


@pytest.mark.parametrize(
    ("words", "name"), [(0, "fragment"), (49, "fragment"), (50, "brief"), (150, "report"), (800, "long")]
)
def test_a_text_has_a_length_class(words: int, name: str) -> None:
    assert measure("كلمة " * words).length_class == name


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("قال في \n.")), max_size=300))
def test_every_text_has_shares_between_0_and_1(text: str) -> None:
    signals = measure(text)
    for name in Signals.__slots__:
        value = getattr(signals, name)
        if name not in ("mean_word_length", "stop_words", "length_class") and value is not None:
            assert 0 <= value <= 1, name
    assert signals == measure(text)


def test_a_value_that_is_not_known_passes() -> None:
    assert failing({"language_score": None}, ["language_score"]) is None


def test_the_documents_have_the_table() -> None:
    page = (ROOT / "docs/datasets.md").read_text(encoding="utf-8")
    for each in THRESHOLDS:
        bounds = [f"{bound:g}" if bound is not None else "" for bound in (each.least, each.greatest)]
        assert f"| {bounds[0]} | {bounds[1]} | {each.source} |" in page.split(f"| `{each.signal}` |")[1].splitlines()[0]
