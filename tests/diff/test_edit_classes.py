"""What an editor did: the class of each kind of edit, laws, hostile texts, and labelled sets."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.diff import EDIT_CLASSES, edit_classes
from storage.diff.misspellings import distance, is_one_word, is_respelled, is_slip
from storage.diff.names import are_names
from storage.diff.numerals import numbers_of
from storage.diff.quantities import number_value
from tests.benchmarks.edit_pairs.labelled_edits import LabelledEdit, made_edits, read_edits

TITLE = "قمة طارئة في العاصمة"


def classes(old: str, new: str, *, titles: tuple[str, str] = (TITLE, TITLE)) -> list[str]:
    return list(edit_classes({"title": titles[0], "text": old}, {"title": titles[1], "text": new}))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("أصيب شخصان في الحادث.", "أصيب ثلاثة أشخاص في الحادث.", ["number"]),
        ("قتل العشرات في الغارة.", "قتل 45 شخصا في الغارة.", ["number"]),
        ("فاز الفريق 2-1 في القمة.", "فاز الفريق 3-1 في القمة.", ["number"]),
        ("انعقدت الدورة ال18 للمهرجان.", "انعقدت الدورة ال19 للمهرجان.", ["number"]),
        ("رصدت الدولة 5 ملايين دينار.", "رصدت الدولة 5 ملايين درهم.", ["number"]),
        ("أصيب 3 أشخاص في الحادث.", "أصيب ثلاثة أشخاص في الحادث.", ["spelling"]),
        ("توفي عن 67 عاما.", "توفي عن 76 عاما.", ["number"]),
        ("في عام 2019 وقع الطرفان.", "في عام 2018 وقع الطرفان.", ["date"]),
        ("يبدأ عند الساعة السادسة والنصف.", "يبدأ عند الساعة الخامسة والنصف.", ["date"]),
        ("أعلن الوزير استقالته.", "أعلن الوزير استقالته أمس.", ["date"]),
        ("خلال العام الماضي زاد الإنتاج.", "خلال العام الحالي زاد الإنتاج.", ["date"]),
        ("منذ شهر محرم والعمل جار.", "منذ شهر صفر والعمل جار.", ["date"]),
        ("يعقد في 12 ديسمبر المقبل.", "يعقد في 12 كانون الأول المقبل.", ["spelling"]),
        ("يعقد في 12 ديسمبر المقبل.", "يعقد في 12 كانون الأول/ديسمبر المقبل.", ["spelling"]),
        ("يعقد في 12 شباط (فبراير) المقبل.", "يعقد في 12 شباط المقبل.", ["spelling"]),
        ("يعقد خلال غشت المقبل.", "يعقد خلال أغسطس المقبل.", ["spelling"]),
        ("يعقد في 12 كانون الأول المقبل.", "يعقد في 12 كانون الثاني المقبل.", ["date"]),
        ("يعقد في 12 ديسمبر المقبل.", "يعقد في 12 كانون الثاني المقبل.", ["date"]),
        ("يعقد في 12 ديسمبر المقبل.", "يعقد في 13 كانون الأول المقبل.", ["date"]),
        ("يعقد في يناير المقبل.", "يعقد في يناير وفبراير المقبلين.", ["date"]),
        ("قال إن الموعد في نوفمير المقبل.", "قال إن الموعد في نوفمبر المقبل.", ["spelling"]),
        ("يعقد في يونيو المقبل.", "يعقد في يوليو المقبل.", ["date"]),
        ("استقال سالم.", "استقال سالم 5 مايو.", ["date"]),
        ("سجلت ليلى حمدان ثلاثة أهداف.", "سجلت سلمى حمدان ثلاثة أهداف.", ["name"]),
        ("في مدينة الكوت جنوبا.", "في مدينة الحلة جنوبا.", ["name"]),
        ("كتب الناقد عن فيلم «باب الشمس» مطولا.", "كتب الناقد عن فيلم «باب البحر» مطولا.", ["name"]),
        ("كتب الناقد عن فيلم «خمسون» مطولا.", "كتب الناقد عن فيلم «ستون» مطولا.", ["name"]),
        ("حضر ممثلون عن جمعية حماية المستهلك.", "حضر ممثلون عن نقابة الصيادلة.", ["name"]),
        ("Apple أطلقت هاتفا جديدا.", "Samsung أطلقت هاتفا جديدا.", ["name"]),
        ("وصفت القرار بأنه «تاريخي».", "وصفت القرار بأنه «كارثي».", ["quote"]),
        ("وأضاف: «سنقيس الرضا أولا».", "وأضاف: «تعاقدنا على شراء مئة حافلة أخرى».", ["quote"]),
        ("وأضاف: «سنشتري عشر حافلات جديدة قريبا».", "وأضاف: «سنشتري ست حافلات جديدة قريبا».", ["quote", "number"]),
        ("قال «وصل الوفد أمس إلى المدينة».", "قال «وصل الوفد أمس إلى المدينة تابعونا على تلغرام».", ["boilerplate"]),
        ("قال ان القرار صدر امس", "قال إن القرار صدر أمس", ["spelling"]),
        ("عاد في في المساء.", "عاد في المساء.", ["spelling"]),
        ("وافق المجلس بالاجماعي.", "وافق المجلس بالاجماع.", ["spelling"]),
        ("وصل الوفد، أمس.", "وصل الوفد أمس!", ["punctuation"]),
        ("اجتمع مع نظيره لبحث الملف.", "التقى نظيره لبحث الملف.", ["rewrite"]),
        ("بدأت المباراة.", "بدأت المباراة.\n\nوحضرها جمهور كبير من المدينة.", ["paragraph added"]),
        ("بدأت المباراة. وحضرها جمهور كبير من المدينة.", "بدأت المباراة.", ["paragraph removed"]),
        ("شارك 500 جندي.", "شارك 500 جندي. (تم تصحيح عدد الجنود في نسخة سابقة)", ["correction"]),
        ("بدأت المباراة.", "بدأت المباراة.\n\nتابعونا على تلغرام", ["boilerplate"]),
        ("هطل المطر.\n\nفاض النهر عن ضفتيه أمس.\n\nأغلقت المدارس كلها اليوم.",
         "هطل المطر.\n\nأغلقت المدارس كلها اليوم.\n\nفاض النهر عن ضفتيه أمس.", ["reorder"]),
    ],
)  # fmt: skip
def test_an_edit_gets_its_class(old: str, new: str, wanted: list[str]) -> None:
    assert classes(old, new) == wanted


def test_a_headline_in_other_words_is_only_a_headline_and_a_mended_one_says_what_was_mended() -> None:
    assert classes("خبر", "خبر", titles=("زلزال خفيف يضرب الجزيرة", "هزة بقوة 4.6 درجات")) == ["headline"]
    assert classes("خبر", "خبر", titles=("مقتل 5 في انفجار", "مقتل 7 في انفجار")) == ["headline", "number"]
    assert classes("خبر", "خبر", titles=("إعلان النتائج", "اعلان النتائج")) == ["spelling"]
    assert classes("خبر", "خبر", titles=("الوزير يزور تونس", "(تصحيح) الوزير يزور ليبيا")) == ["headline", "correction"]


def test_a_sentence_may_be_cut_in_two_or_moved_and_edited_and_is_not_added() -> None:
    old = "وصل الوفد إلى المطار صباحا، ثم عقد اجتماعا مع المحافظ في مقر البلدية."
    new = "وصل الوفد إلى المطار صباحا. ثم عقد اجتماعا مع المحافظ في مقر البلدية."
    assert classes(old, new) == ["punctuation"]
    long = "وصل الوفد إلى المطار صباحا وعقد اجتماعا طويلا مع المحافظ في مقر البلدية، ثم غادر المدينة."
    assert classes(long, long.replace("،", ".")) == ["punctuation"]
    first, second = "افتتح المعرض أبوابه أمام الزوار مساء أمس.", "وبلغ عدد العارضين ثلاثين عارضا من ست دول."
    edited = second.replace("ثلاثين", "أربعين")
    assert classes(f"مقدمة.\n\n{first}\n\n{second}", f"مقدمة.\n\n{edited}\n\n{first}") == ["reorder", "number"]
    later = "وصل الوفد إلى المطار صباحا وعقد اجتماعا طويلا مع المحافظ في مقر البلدية، ثم غادر المدينة مساء أمس."
    assert classes(later, later.replace("صباحا", "ظهرا").replace("،", ".")) == ["date", "punctuation"]
    noted = f"مقدمة.\n\nتصحيح: {second}\n\n{first}"
    assert classes(f"مقدمة.\n\n{first}\n\n{second}", noted) == ["correction", "reorder"]


def test_a_long_quotation_that_is_left_out_or_added_is_a_quote_and_its_sentence_is_the_same_one() -> None:
    words = (
        "نرفض كل الشروط التي عرضت علينا في الجولة الأخيرة من المفاوضات ولن نعود إلى الطاولة قبل أن يتوقف القصف تماما"
    )
    bare, quoted = (f"وصل الوفد أمس. قال نائب{said}. وغادر في المساء." for said in ("", f": «{words}»"))
    assert classes(quoted, bare) == classes(bare, quoted) == ["quote"]


def test_a_text_of_which_a_quarter_stays_is_another_one_and_one_of_which_half_stays_is_edited() -> None:
    kept = "وصل الوفد إلى المطار صباحا. "
    gone = ["غادر الضيوف نحو الفندق القديم.", "التقى رئيسهم عددا من الصحفيين.", "تحدث طويلا عن مشروع الميناء."]
    come = ["أمطار غزيرة تهطل فوق الساحل.", "توقعات بارتفاع منسوب السد قريبا.", "تحذير للسكان قرب مجرى النهر."]
    assert classes(kept + " ".join(gone), kept + " ".join(come)) == ["rewrite"]
    assert classes(kept + gone[0], kept + come[0]) == ["paragraph added", "paragraph removed"]


def test_paragraph_breaks_alone_are_no_edit() -> None:
    assert classes("قال.\n\nثم عاد.", "قال. ثم عاد.") == []


def test_numbers_in_words_are_read() -> None:
    assert number_value(["مءه", "وخمسه", "وعشرين"]) == (125.0,)
    assert number_value(["ثلاثه", "ملايين"]) == (3_000_000.0,)
    assert number_value(["خمس", "عشره"]) == number_value(["15"])
    assert number_value(["مليون", "والف", "ومءه"]) == (1_001_100.0,)
    assert numbers_of(["خمسه", "رجال"]) == [5.0, "رجال"]


@pytest.mark.parametrize(("old", "new"), [("المحكمه", "المحمه"), ("المحمه", "المحكمه"), ("المحكمه", "المحمكه")])
def test_a_letter_that_is_left_out_added_or_swapped_is_a_slip(old: str, new: str) -> None:
    assert is_slip(old, new)


def test_names_took_the_place_of_names_only_where_both_hold_some() -> None:
    assert are_names(["سالم", "علي"], ["نواف"])
    assert not are_names(["سالم", "علي"], ["جديد"])


def test_the_distance_of_two_words_counts_neighbours_that_swapped_as_one() -> None:
    assert [distance("رفض", other) for other in ("رفض", "فرض", "رفضت", "قبول")] == [0, 1, 1, 3]
    assert is_one_word("للمتضرين", "للمتضررين")
    assert not is_one_word("قتل", "قال")
    assert not is_one_word("2025", "م2025")


def test_words_are_respelled_each_or_parted_or_joined() -> None:
    assert is_respelled(["للمتضرين", "المحمه"], ["للمتضررين", "المحكمه"])
    assert is_respelled(["عبد", "القادر"], ["عبدالقادر"])
    assert not is_respelled(["للمتضرين", "المحمه"], ["للمتضررين", "الجديده"])
    assert not is_respelled(["عبد", "القادر"], ["عبد", "القادر", "امس"])


texts = st.text(alphabet='وقال ب.،!«»":\n15٣%ـً-تصحيح', max_size=60)


@given(st.tuples(texts, texts), st.tuples(texts, texts))
@settings(max_examples=150)
def test_any_texts_have_classes_in_order_and_the_same_texts_have_none(
    old: tuple[str, str], new: tuple[str, str]
) -> None:
    before, after = ({"title": title, "text": text} for title, text in (old, new))
    given_classes = edit_classes(before, after)
    assert given_classes == [each for each in EDIT_CLASSES if each in given_classes]
    assert edit_classes(before, before) == []
    assert bool(given_classes) or [part.split() for part in old] == [part.split() for part in new] or not given_classes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("« " * 50_000, "» " * 50_000),
        ('"a" ' * 30_000, '"b" ' * 30_000),
        ("كلمة " * 60_000, "كلمه " * 60_000),
        (" ".join(map(str, range(40_000))), " ".join(map(str, range(1, 80_000, 2)))),
        ("جملة. " * 30_000, "جمل. " * 30_000),
        (". ".join(f"س{n} ع{n} ل" for n in range(9_000)), ". ".join(f"س{n} ع{n} م" for n in range(9_000))),
        ("\n".join(f"فقرة {n} من النص الطويل" for n in range(9_000)),
         "\n".join(f"فقرة {n} من النص الطويل" for n in reversed(range(9_000)))),
        (" " * 200_000 + "ب", "\t" * 200_000 + "ت"),
    ],
    ids=["opened", "quoted", "respelled", "figures", "alike", "edited", "reversed", "blank"],
)  # fmt: skip
@pytest.mark.slow
def test_hostile_texts_take_bounded_time(old: str, new: str) -> None:
    began = time.process_time()
    edit_classes({"title": "", "text": old}, {"title": "", "text": new})
    assert time.process_time() - began < 30  # seconds rather than hours: measured 0.1 to 3


def share_right(edits: list[LabelledEdit]) -> float:
    return sum(edit.is_right(list(edit_classes(edit.before, edit.after))) for edit in edits) / len(edits)


@pytest.mark.parametrize("name", ["developed", "held_out"])
def test_nine_of_ten_labelled_edits_are_right(name: str) -> None:
    edits = made_edits(name)
    assert len(edits) >= 100
    assert share_right(edits) >= 0.9


@pytest.mark.shared
def test_nine_of_ten_edits_that_others_labelled_are_right(shared: Path) -> None:
    assert share_right(read_edits(shared / "facts/edits.jsonl")) >= 0.9
