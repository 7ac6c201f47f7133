"""What one text has from another, and that no text costs much or fails."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.similar import compare
from storage.similar.comparable_text import comparable
from storage.similar.signatures import MOST, signature

WIRE = (
    "دورا (أ ف ب) - قتل 12 شخصا وأصيب 30 آخرون بجروح الأحد في انهيار مبنى من خمسة طوابق وسط مدينة دورا الساحلية.\n\n"
    'وقال قائد الدفاع المدني سامر الأشقر: "لم يبق من الدرج سوى ثلاث درجات معلقة في الهواء"، مشيرا إلى أن البحث مستمر.\n\n'
    "وكان سكان المبنى قد اشتكوا إلى البلدية من تشققات ظهرت في أعمدته قبل 14 شهرا، ولم يزرهم أي مهندس منذ ذلك الحين."
)


def test_a_copy_in_another_house_style_is_whole() -> None:
    comparison = compare(WIRE.replace("12", "١٢").replace('"', "»").replace("ة ", "ه "), WIRE)
    assert (comparison.relation, round(comparison.share, 2), comparison.agreement) == ("wholly", 1.0, 1.0)


def test_a_dateline_is_no_shared_text() -> None:
    assert (
        compare("دورا (أ ف ب) - فاز فريق المدينة بكأس الناشئين بعد مباراة طويلة انتهت بركلات الترجيح", WIRE).share == 0
    )


def test_both_ways_tell_a_short_text_from_a_long_one() -> None:
    first = WIRE.split("\n\n", maxsplit=1)[0]
    assert compare(first, WIRE).relation == "wholly"
    assert compare(WIRE, first).relation == "partly"


@pytest.mark.parametrize(
    ("changes", "apart", "relation"),
    [
        ((("12", "19"), ("30", "41")), None, "wholly"),  # they quote the same words
        (
            (("12", "19"), ("30", "41"), ("14", "3"), ("سوى ثلاث", "سوى ست"), ("خمسة", "ستة"), ("الأحد", "الخميس")),
            None,
            "template",
        ),
    ],
)
def test_an_update_is_a_copy_and_another_day_is_a_template(
    changes: tuple[tuple[str, str], ...], apart: timedelta | None, relation: str
) -> None:
    text = WIRE
    for old, new in changes:
        text = text.replace(old, new)
    assert compare(text, WIRE, apart=apart).relation == relation


def test_the_day_tells_an_update_where_nobody_is_quoted() -> None:
    wire = "قتل 12 شخصا وجرح 30 يوم الأحد في انهيار مبنى من 5 طوابق وسط مدينة دورا الساحلية، وفر 200 من سكان الحي"
    update = wire.replace("12", "19").replace("30", "41")
    assert compare(update, wire).relation == "wholly"
    assert compare(update.replace("الأحد", "الخميس"), wire).relation == "template"
    unnamed = (update.replace("يوم الأحد", ""), wire.replace("يوم الأحد", ""))
    assert compare(*unnamed).relation == "template"
    assert compare(*unnamed, apart=timedelta(hours=3)).relation == "wholly"
    assert compare(update, wire, apart=timedelta(days=7)).relation == "template"


def test_words_that_both_quote_are_no_copy() -> None:
    opinion = (
        'يا لها من جملة: "لم يبق من الدرج سوى ثلاث درجات معلقة في الهواء". أقرأها كل صباح وأفكر في بيوتنا التي نصعدها '
        "مطمئنين، وفي المهندس الذي لم يأت."
    )
    comparison = compare(opinion, WIRE)
    assert (comparison.relation, len(comparison.quotations), comparison.longest) == ("none", 1, 10)


texts = st.text(alphabet='ابتةىوي 0123456789.،:"«»()\n-/٣', max_size=400)


@given(texts, texts)
def test_no_text_raises_and_shares_are_shares(text: str, source: str) -> None:
    comparison = compare(text, source)
    assert 0 <= comparison.share <= 1
    assert 0 <= comparison.spread <= 1
    assert 0 <= comparison.agreement <= 1
    assert comparison.longest <= len(comparable(text).words)


@given(texts)
def test_a_text_has_all_of_itself(text: str) -> None:
    comparison = compare(text, text)
    assert comparison.longest == len(comparable(text).words)
    assert comparison.absent == 0
    assert comparison.relation in (("wholly",) if comparison.share else ("none",)) or len(comparable(text).words) < 8


@given(texts, st.integers(min_value=1, max_value=99))
def test_a_signature_is_a_bounded_set_of_hashes(text: str, times: int) -> None:
    hashes = signature(text * times)
    assert len(set(hashes)) == len(hashes) <= MOST
    assert all(0 <= each < 2**32 for each in hashes)


@pytest.mark.parametrize("word", ["كلمة ", "كلمة. ", "« ", "9" * 400 + " مليون ", "(أ ف ب) - ", "١.٢/"])
def test_hostile_texts_are_compared_in_bounded_time(word: str) -> None:
    """Of repeated words each comparison would be quadratic; the test's time limit tells."""
    text = word * (2_000_000 // len(word))
    for pair in ((text, text), (text, WIRE), (WIRE, text)):
        compare(*pair)
    signature(text)
