"""Sentences of two versions side by side."""

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.diff.alignment import STEPS, StepBudget
from storage.diff.sentence_pairs import SentencePair, sentence_pairs
from storage.diff.sentences import outside_quotations, quoted_ranges, sentences_of


def test_a_sentence_ends_at_a_mark_and_never_within_a_quotation_or_behind_a_single_letter() -> None:
    text = "قال د. سمير: «نعم. لا بد». ثم عاد! هل وصل؟\nوصل."
    sentences = [(each.paragraph, each.text) for each in sentences_of(text)]
    assert sentences == [(0, "قال د. سمير: «نعم. لا بد»."), (0, "ثم عاد!"), (0, "هل وصل؟"), (1, "وصل.")]


def test_a_quotation_that_is_never_closed_opens_nothing() -> None:
    assert quoted_ranges('قال «نعم" ثم "لا"') == [(8, 14)]
    assert outside_quotations("قال «نعم» ثم عاد") == "قال   ثم عاد"


def test_pairs_stand_in_the_order_of_the_new_text_and_a_removed_sentence_where_it_stood() -> None:
    old = "افتتح المعرض أمس. وحضره مئة زائر. واختتم اليوم."
    new = "افتتح المعرض أمس. وشارك فيه وزير الثقافة بكلمة طويلة. واختتم اليوم."
    assert sentence_pairs(old, new) == [
        SentencePair("equal", "افتتح المعرض أمس.", "افتتح المعرض أمس.", 0),
        SentencePair("removed", "وحضره مئة زائر.", None, 0),
        SentencePair("added", None, "وشارك فيه وزير الثقافة بكلمة طويلة.", 0),
        SentencePair("equal", "واختتم اليوم.", "واختتم اليوم.", 0),
    ]


def test_all_work_on_two_texts_counts_against_the_budget_given() -> None:
    budget = StepBudget()
    sentence_pairs("وصل الوفد أمس. وغادر اليوم.", "وصل الوفد أمس. وبقي الوزير هنا.", budget)
    assert budget.steps < STEPS


texts = st.lists(
    st.sampled_from(["قال الوزير نعم.", "وصل الوفد أمس.", "هطل المطر بغزارة في الشمال.", "وعاد ثم", "خبر\nآخر!"]),
    max_size=8,
).map(" ".join)


@given(texts, texts)
@settings(max_examples=200)
def test_every_sentence_of_both_texts_stands_once(old: str, new: str) -> None:
    pairs = sentence_pairs(old, new)
    assert " ".join(pair.new for pair in pairs if pair.new) == " ".join(new.split())
    kept = sorted(" ".join(pair.old for pair in pairs if pair.old).split())
    assert kept == sorted(old.split())
    assert [pair.paragraph for pair in pairs if pair.new] == sorted(pair.paragraph for pair in pairs if pair.new)
