"""Class an edit between two versions of an article; an edit may have several classes. Pure.

Sentences are aligned first, then the words of edited sentence pairs; each change is classed by its words and by their
context. docs/archive.md defines the classes.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from storage.diff.alignment import StepBudget
from storage.diff.change_classes import is_small
from storage.diff.misspellings import are_doublings, are_slips_inside, is_doubled, is_respelled
from storage.diff.names import are_names, are_unlisted, is_name, is_named_by_date
from storage.diff.notices import is_boilerplate, is_correction
from storage.diff.quantities import (
    Quantity,
    is_dual_or_single,
    is_mistyped_quantity,
    is_month_rewritten,
    is_number_rewritten,
    is_span,
    quantities,
)
from storage.diff.sentence_pairs import SentencePair, sentence_pairs
from storage.diff.word_changes import Change, is_word, sentence_words, word_changes

EditClass = Literal[
    "headline", "correction", "rewrite", "paragraph added", "paragraph removed", "reorder", "quote", "number", "date",
    "name", "spelling", "punctuation", "boilerplate",
]  # fmt: skip
EDIT_CLASSES: tuple[EditClass, ...] = get_args(EditClass)
# The version of these rules, stored with the classes of an edit. Raise it when the same texts get other classes.
ALGORITHM = 5

# Least share of words kept; below it a text or sentence counts as rewritten.
_KEPT_TEXT = 0.35
_KEPT_SENTENCE = 0.45
# A shortened text counts as rewritten, not as cut, when this many times its new words reach its removed words.
_REPLACED = 4
# Cost of classing one change, in steps of a StepBudget.
_CHANGE_STEPS = 500
# With fewer changed words nothing counts as rewritten, however short the sentence.
_LEAST_REWRITTEN = 5


def edit_classes(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> list[EditClass]:
    """The classes of an edit, in the order of EDIT_CLASSES; [] for texts that differ in white space alone.

    before, after: mappings with "title" and "text", such as versions of an article; paragraphs are parted by line
    breaks. Never raises on text; the work on hostile texts is bounded (storage.diff.alignment).
    """
    budget = StepBudget()
    kinds = _of_title(before["title"], after["title"], budget)
    if before["text"].split() != after["text"].split():
        kinds |= _of_text(sentence_pairs(before["text"], after["text"], budget), budget)
    return [name for name in EDIT_CLASSES if name in kinds]


def pair_classes(pair: SentencePair, budget: StepBudget | None = None) -> list[EditClass]:
    """The classes of one sentence's edit, in the order of EDIT_CLASSES; [] for an equal one at its place."""
    kinds = _of_pair(pair, budget or StepBudget())
    return [name for name in EDIT_CLASSES if name in kinds]


def _of_title(old: str, new: str, budget: StepBudget) -> set[EditClass]:
    if old.split() == new.split():
        return set()
    kinds = _of_sentence(" ".join(old.split()), " ".join(new.split()), budget)
    if is_small(old, new):
        return kinds
    if is_correction(new) and not is_correction(old):
        return {"headline", "correction"}
    # In a rewritten headline, changed figures and names are part of the rewrite.
    alone = len(kinds) == 1 and not kinds & {"rewrite", "quote"}
    return kinds | {"headline"} if alone else {"headline"}


def _of_text(pairs: list[SentencePair], budget: StepBudget) -> set[EditClass]:
    if _is_rewritten(pairs):
        noted = any(pair.op == "added" and is_correction(pair.new or "") for pair in pairs)
        return {"rewrite", "correction"} if noted else {"rewrite"}
    return {kind for pair in pairs for kind in _of_pair(pair, budget)}


def _is_rewritten(pairs: list[SentencePair]) -> bool:
    """Whether new words replaced most words of the text."""
    kept = gone = come = 0
    for pair in pairs:
        old, new = (pair.old or "").split(), (pair.new or "").split()
        if pair.op == "equal":
            kept += len(old)
            continue
        same = len(set(old) & set(new)) if pair.op == "edited" else 0
        kept += same
        gone += max(len(old) - same, 0)
        come += max(len(new) - same, 0)
    return kept < _KEPT_TEXT * (kept + gone) and _REPLACED * come >= gone >= _LEAST_REWRITTEN


def _of_pair(pair: SentencePair, budget: StepBudget) -> set[EditClass]:
    moved: set[EditClass] = {"reorder"} if pair.moved else set()
    if pair.old is None or pair.new is None:
        line = pair.old or pair.new or ""
        if is_correction(line):
            return {"correction"}
        if is_boilerplate(line):
            return {"boilerplate"}
        return {"paragraph added" if pair.old is None else "paragraph removed"}
    if pair.op == "equal":
        return moved
    if is_correction(pair.new) and not is_correction(pair.old):
        return {*moved, "correction"}
    return moved | _of_sentence(pair.old, pair.new, budget)


def _of_sentence(old: str, new: str, budget: StepBudget) -> set[EditClass]:
    one, other = sentence_words(old), sentence_words(new)
    changes = list(word_changes(one, other, budget))
    if not budget.spend(len(changes) * _CHANGE_STEPS):
        return {"rewrite"}
    kinds = _of_speech([change for change in changes if change.in_title is False])
    rest = [change for change in changes if change.in_title is not False]
    sizes = [sum(map(is_word, side.units)) for side in (one, other)]
    changed = [sum(len(change.words[side]) for change in rest) for side in (0, 1)]
    kept = 1 - sum(changed) / max(sum(sizes), 1)
    if kept < _KEPT_SENTENCE and min(changed) >= _LEAST_REWRITTEN:
        return {*kinds, "rewrite"}
    return kinds.union(*(_of_change(change) for change in rest))


def _of_speech(changes: list[Change]) -> set[EditClass]:
    """The classes of changes within quoted speech.

    A reworded quotation is "quote" alone; another figure, date or name is "quote" and its own class.
    """
    kinds: set[EditClass] = set().union(*(_of_change(change) for change in changes))
    if "rewrite" in kinds:
        return {"quote"}
    return {*kinds, "quote"} if kinds - {"spelling", "punctuation", "boilerplate"} else kinds


def _of_change(change: Change) -> set[EditClass]:
    return set(_classes_of(change))


def _classes_of(change: Change) -> Iterator[EditClass]:
    old, new = change.words
    if is_small(*change.raw):
        yield from _small(change)
        return
    if not old and not new:
        yield "number"  # a sign of currency, or per cent
        return
    inserted = change.raw[1] if not old else change.raw[0] if not new else ""
    if inserted and is_correction(inserted):
        yield "correction"
    elif inserted and is_boilerplate(inserted):
        yield "boilerplate"
    elif inserted and len(old + new) == 1 and is_doubled((old + new)[0], _word_before(change)):
        yield "spelling"
    else:
        yield from _in_words(change)


def _in_words(change: Change) -> Iterator[EditClass]:
    old, new = change.words
    if is_month_rewritten(change) or is_number_rewritten(change) or are_doublings(old, new):
        yield "spelling"
        return
    if is_dual_or_single(change) and not is_name(change):
        yield "date" if is_span(change) else "number"
        return
    quantity, whole, beside = quantities(change)
    if quantity == {"date"} and is_named_by_date(change):
        yield "name"
        return
    if whole and not change.in_title:
        if are_names(*beside):
            yield "name"
        if is_mistyped_quantity(change):
            yield "spelling"
        else:
            yield from quantity
        return
    yield from _of_plain_words(change, quantity)


def _of_plain_words(change: Change, quantity: set[Quantity]) -> Iterator[EditClass]:
    """The classes of changed words that are no number or date alone.

    quantity: what differs of numbers and dates beside the other words.
    """
    old, new = change.words
    if is_name(change):
        yield "name"
        if are_slips_inside(old, new):
            yield "spelling"
    elif is_respelled(old, new):
        if are_unlisted(change, both=True):
            yield "name"
        yield "spelling"
    elif are_unlisted(change):
        yield "name"
    else:
        if old and new:
            yield from quantity
        yield "rewrite"


def _small(change: Change) -> Iterator[EditClass]:
    """Class a small change: "spelling" for the letters of a word, "punctuation" for the marks around it."""
    printed = [[unit.raw.strip() for unit in side if is_word(unit)] for side in change.sides]
    marks = [[unit.raw.strip() for unit in side if not is_word(unit)] for side in change.sides]
    if printed[0] != printed[1]:
        yield "spelling"
    if marks[0] != marks[1] or printed[0] == printed[1]:
        yield "punctuation"


def _word_before(change: Change) -> str | None:
    return next((unit.key for unit in reversed(change.before) if is_word(unit)), None)
