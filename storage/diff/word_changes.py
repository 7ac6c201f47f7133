"""The changed words of an edited sentence, with the context of each change and the quotation that contains it. Pure."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from storage.diff.alignment import Match, StepBudget, align
from storage.diff.edit_words import is_any, is_of_kind
from storage.diff.sentences import quoted_ranges
from storage.diff.text_units import Unit, paragraphs_of, words_of

# Most words of a quoted title, as in رواية «ظل النخيل», and the words before a quotation that may introduce speech.
_TITLE_WORDS = 4
_SPEECH_BEFORE = 4
_STANCE_BEFORE = 8
_WORK_BEFORE = 2  # words: "الفيلم المصري «…»"
_AROUND = 6  # units of context on each side of a change


@dataclass(frozen=True)
class SentenceWords:
    """A sentence as units of words and marks, with the place of each in its text."""

    text: str
    units: list[Unit]

    @cached_property
    def starts(self) -> list[int]:
        """The position in the text of each unit, after its white space."""
        starts, position = [], 0
        for unit in self.units:
            starts.append(position + len(unit.raw) - len(unit.raw.lstrip()))
            position += len(unit.raw)
        return starts

    @cached_property
    def quotations(self) -> list[tuple[int, int, bool]]:
        """The quotations in order: (start, end, whether it is a title and no speech)."""
        quoted = []
        for low, high in quoted_ranges(self.text):
            first, last = bisect_right(self.starts, low), bisect_right(self.starts, high - 2)
            short = sum(1 for unit in self.units[first:last] if is_word(unit)) <= _TITLE_WORDS
            before = self.units[max(bisect_right(self.starts, low - 1) - 2 * _STANCE_BEFORE, 0) : first]
            quoted.append((low, high, short and not _somebody_speaks(before)))
        return quoted

    def quoted(self, start: int, end: int) -> bool | None:
        """Whether units[start:end] are in a quoted title, or contain one; False: quoted speech; None: no quotation."""
        if start == end:
            return None
        first, last = self.starts[start], self.starts[end - 1]
        place = bisect_right(self.quotations, (first, len(self.text) + 1, True))
        for low, high, is_title in self.quotations[max(place - 1, 0) : place + 1]:
            if (low <= first and last < high) or (first <= low and high - 1 <= last):
                return is_title
        return None


@dataclass(frozen=True)
class Change:
    """A change: old.units[old_start:old_end] became new.units[new_start:new_end]; one of the two may be empty."""

    old: SentenceWords
    new: SentenceWords
    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @cached_property
    def sides(self) -> tuple[list[Unit], list[Unit]]:
        """The changed units: (old, new)."""
        return self.old.units[self.old_start : self.old_end], self.new.units[self.new_start : self.new_end]

    @cached_property
    def words(self) -> tuple[list[str], list[str]]:
        """The folded words of both sides, without marks."""
        one, other = ([unit.key for unit in side if is_word(unit)] for side in self.sides)
        return one, other

    @cached_property
    def raw(self) -> tuple[str, str]:
        """Both sides as they are printed."""
        one, other = ("".join(unit.raw for unit in side) for side in self.sides)
        return one, other

    @property
    def before(self) -> list[Unit]:
        """The last _AROUND units of the new sentence before the change."""
        return self.new.units[max(self.new_start - _AROUND, 0) : self.new_start]

    @property
    def after(self) -> list[Unit]:
        """The first _AROUND units of the new sentence after the change."""
        return self.new.units[self.new_end : self.new_end + _AROUND]

    @cached_property
    def in_title(self) -> bool | None:
        """Whether the change is in a quoted title, or is one; False: quoted speech; None: no quotation."""
        inside = self.new.quoted(self.new_start, self.new_end)
        return inside if inside is not None else self.old.quoted(self.old_start, self.old_end)


def sentence_words(text: str) -> SentenceWords:
    """Split one sentence into units."""
    return SentenceWords(text, words_of(paragraphs_of(text, "")[0], "\ue000"))


def word_changes(old: SentenceWords, new: SentenceWords, budget: StepBudget) -> Iterator[Change]:
    """The changes in order, also of words that fold alike but are printed differently."""
    blocks = align([unit.key for unit in old.units], [unit.key for unit in new.units], budget)
    low = left = 0
    for block in (*blocks, Match(len(old.units), len(new.units), 0)):
        if low < block.old_start or left < block.new_start:
            yield Change(old, new, low, block.old_start, left, block.new_start)
        for step in range(block.length):
            row, column = block.old_start + step, block.new_start + step
            if old.units[row].raw.strip() != new.units[column].raw.strip():
                yield Change(old, new, row, row + 1, column, column + 1)
        low, left = block.old_start + block.length, block.new_start + block.length


def is_word(unit: Unit) -> bool:
    """Whether a unit has a letter or digit; otherwise it is a mark."""
    return any(letter.isalnum() for letter in unit.key)


def _somebody_speaks(before: list[Unit]) -> bool:
    """Whether the units before a quotation introduce speech. The opening mark is the last of them, or part of it.

    After a verb of blame or praise, the quotation may follow some words later: "اتهم المتحدث باسم الجيش «…»".
    """
    if any(":" in unit.key for unit in before[-2:] if not is_word(unit)):
        return True
    words = [unit.key for unit in before if is_word(unit)]
    blames = [is_any(word, "stance") for word in words]
    # In "اتهم الحزب «…»", "الحزب" is the speaker; in "انتقد فيلم «…»", "فيلم" is the work that is named.
    named = [
        is_any(word, "places") or (is_of_kind(word, "places") and not any(blames[max(place - 1, 0) : place]))
        for place, word in enumerate(words)
    ]
    if words and (named[-1] or is_any(words[-1], "naming") or words[-1] == "ل"):
        return False  # in "قال لـ«الشرق الأوسط»" the quotation marks are around a newspaper's name
    if any(is_any(word, "speech") for word in words[-_SPEECH_BEFORE:]):
        return True
    return any(blames[-_STANCE_BEFORE:]) and not any(named[-_WORK_BEFORE:])
