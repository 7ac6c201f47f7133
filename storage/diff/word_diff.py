"""The word-by-word difference of two texts, as an Arabic reader would mark it. Pure.

Words are matched in their folded spelling, so that an added hamza or diacritic is a small change and not another word;
segments hold the raw text. First equal paragraphs are matched, then edited ones, then the words within each pair. A
paragraph at another place in the other text is marked as moved.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from storage import arabic
from storage.diff.alignment import Match, StepBudget, align, pair_alike
from storage.diff.change_classes import is_small
from storage.diff.text_units import Unit, paragraphs_of, words_of

Op = Literal["equal", "delete", "insert"]

# A shorter paragraph that recurs elsewhere, such as "وقال:", does not count as moved.
_MOVED_WORDS = 4
# At most so many equal words between two longer changes count as coincidence: as "equal" they make a diff unreadable.
_CHANCE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of raw text: equal in both, deleted from the old or inserted in the new.

    small: only punctuation, white space, diacritics or letter forms differ from the adjacent segment.
    moved: the paragraph is at another place in the other text, apart from small changes.
    """

    op: Op
    text: str
    small: bool = False
    moved: bool = False

    def as_json(self) -> dict[str, Any]:
        """The keys op and text, and whichever of small and moved is true."""
        flags = {name: True for name in ("small", "moved") if getattr(self, name)}
        return {"op": self.op, "text": self.text, **flags}


def compare(old: str, new: str) -> list[Segment]:
    """The segments of the difference, in reading order; [] for two empty texts.

    Equal and deleted segments concatenate to the old text, equal and inserted ones to the new text, character by
    character. Replaced text is followed by its replacement.
    """
    before, after = paragraphs_of(old, new)
    budget = StepBudget()
    blocks = align([unit.key for unit in before], [unit.key for unit in after], budget)
    _mark_moved(before, after, blocks)
    parts: list[_Part] = []
    for olds, news, equal in _stretches(before, after, blocks):
        if not equal:
            parts += _compare_paragraphs(olds, news, budget)
            continue
        for one, other in zip(olds, news, strict=True):
            same = one.raw.strip() == other.raw.strip()
            parts += (_pair(one, other),) if same else _compare_words([one], [other], budget)
    return list(_segments(_readable(parts)))


@dataclass(slots=True)
class _Part:
    """Units of both texts: kept (old equals new), changed, or respelled (a pair with one key)."""

    kind: Literal["kept", "changed", "respelled"]
    old: list[Unit]
    new: list[Unit]


def _mark_moved(before: list[Unit], after: list[Unit], blocks: list[Match]) -> None:
    """Mark as moved, one for one, the unmatched paragraphs that both texts have."""
    gone: defaultdict[str, deque[Unit]] = defaultdict(deque)
    come: list[Unit] = []
    for olds, news, equal in _stretches(before, after, blocks):
        if not equal:
            for unit in olds:
                gone[unit.key].append(unit)
            come += news
    for unit in come:
        if len(unit.raw.split()) >= _MOVED_WORDS and (same := gone[unit.key]):
            unit.moved = same.popleft().moved = True


def _stretches(
    before: list[Unit], after: list[Unit], blocks: list[Match]
) -> Iterator[tuple[list[Unit], list[Unit], bool]]:
    """Cut both sequences at the blocks, in order: (old, new, whether equal)."""
    low = left = 0
    for block in (*blocks, Match(len(before), len(after), 0)):
        if low < block.old_start or left < block.new_start:
            yield before[low : block.old_start], after[left : block.new_start], False
        low, left = block.old_start + block.length, block.new_start + block.length
        if block.length:
            yield before[block.old_start : low], after[block.new_start : left], True


def _compare_paragraphs(olds: list[Unit], news: list[Unit], budget: StepBudget) -> Iterator[_Part]:
    """Compare paragraphs without an equal one: edited pairs word by word, the others as whole paragraphs."""
    blocks = None
    if olds and news and not is_small(*("".join(unit.raw for unit in units) for units in (olds, news))):
        blocks = pair_alike(_bags(olds), _bags(news), budget)
    if blocks is None:
        yield from _compare_words(olds, news, budget)
        return
    for gone, come, paired in _stretches(olds, news, blocks):
        if paired or len(gone) == len(come) == 1:
            yield from _compare_words(gone, come, budget)
        else:
            yield _Part("changed", gone, come)


def _bags(paragraphs: list[Unit]) -> list[Counter[str]]:
    return [Counter(() if unit.moved else arabic.tokens(unit.raw)) for unit in paragraphs]


def _compare_words(olds: list[Unit], news: list[Unit], budget: StepBudget) -> Iterator[_Part]:
    before, after = words_of(olds, "\ue000"), words_of(news, "\ue001")
    blocks = align([unit.key for unit in before], [unit.key for unit in after], budget)
    for gone, come, equal in _stretches(before, after, blocks):
        if equal:
            yield from map(_pair, gone, come)
        else:
            yield _Part("changed", gone, come)


def _pair(old: Unit, new: Unit) -> _Part:
    return _Part("kept" if old.raw == new.raw else "respelled", [old], [new])


def _readable(parts: Iterable[_Part]) -> list[_Part]:
    """Merge neighbouring parts of one kind, and add coincidental equal words to the changes around them."""
    merged: list[_Part] = []
    for part in parts:
        if merged and merged[-1].kind == part.kind != "respelled":
            merged[-1].old += part.old
            merged[-1].new += part.new
        else:
            merged.append(_Part(part.kind, list(part.old), list(part.new)))
    readable: list[_Part] = []
    for part in merged:
        if (
            len(readable) >= 2
            and part.kind == readable[-2].kind == "changed"
            and _by_chance(readable[-2], readable[-1], part)
        ):
            kept = readable.pop()
            readable[-1].old += kept.old + part.old
            readable[-1].new += kept.new + part.new
        else:
            readable.append(part)
    return readable


def _by_chance(before: _Part, kept: _Part, after: _Part) -> bool:
    if kept.kind != "kept" or len(kept.old) > _CHANCE_WORDS or any("\n" in unit.raw for unit in kept.old):
        return False
    size = sum(len(unit.raw) for unit in kept.old)
    return all(min(_size(part.old), _size(part.new)) >= size for part in (before, after))


def _size(units: list[Unit]) -> int:
    return sum(len(unit.raw) for unit in units if not unit.moved)


def _segments(parts: Iterable[_Part]) -> Iterator[Segment]:
    """The segments of the parts, in order; adjacent segments with the same marks are merged."""
    run: list[Segment] = []
    for part in parts:
        for segment in _of_part(part):
            if run and not _one_segment(run[0], segment):
                yield _merged(run)
                run = []
            run.append(segment)
    if run:
        yield _merged(run)


def _one_segment(first: Segment, segment: Segment) -> bool:
    if first.op == segment.op != "equal" and segment.text.isspace():
        return True  # the blank line after a new paragraph is part of it
    return (first.op, first.small, first.moved) == (segment.op, segment.small, segment.moved)


def _merged(run: list[Segment]) -> Segment:
    first = run[0]
    return Segment(first.op, "".join(each.text for each in run), first.small, first.moved)


def _of_part(part: _Part) -> Iterator[Segment]:
    if part.kind == "kept":
        yield Segment("equal", "".join(unit.raw for unit in part.old))
        return
    if part.kind == "respelled":
        yield from _respelled(part.old[0].raw, part.new[0].raw)
        return
    sides: tuple[tuple[Op, list[Unit]], ...] = (("delete", part.old), ("insert", part.new))
    texts = ["".join(unit.raw for unit in units if not unit.moved) for _, units in sides]
    small = is_small(*texts)
    for op, units in sides:
        for unit in units:
            yield Segment(op, unit.raw, small=small and not unit.moved, moved=unit.moved)


def _respelled(old: str, new: str) -> Iterator[Segment]:
    """The segments of one word in two spellings, or of one paragraph with other white space around it."""
    core = old.strip()
    around = [(old, new)]
    if core and core == new.strip():
        around = list(zip(old.split(core, 1), new.split(core, 1), strict=True))
    for number, (before, after) in enumerate(around):
        if number:
            yield Segment("equal", core)
        if before == after:
            yield from (Segment("equal", before),) if before else ()
        else:
            yield from (Segment("delete", before, small=True),) if before else ()
            yield from (Segment("insert", after, small=True),) if after else ()
