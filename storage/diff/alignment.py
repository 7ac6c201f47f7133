"""Alignment of two sequences: rare items are matched first, then by the shortest edit script. Pure.

Items that occur once on both sides are matched first (patience diff, Bram Cohen): for prose these are names and
numbers, and the result is what an editor would mark. The items between them are matched by the greedy O(ND) algorithm
(Myers 1986). All steps count against one budget; when it is exhausted, the rest stays unmatched, so that hostile
texts cost bounded time.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# One step is one item compared. A second is enough for a few million.
STEPS = 6_000_000
# Threshold of Dice's coefficient (0 to 1) of two paragraphs' words: from it on, one is the other, edited.
ALIKE = 0.5
# Up to so many pairs, each paragraph is compared with each; beyond, the texts are matched word by word.
MAX_PAIRS = 2_500
# A stretch without rare items that needs more edits stays unmatched, as rewritten text.
MAX_EDITS = 600


@dataclass(slots=True)
class StepBudget:
    """The remaining steps of one comparison."""

    steps: int = STEPS

    def spend(self, steps: int) -> bool:
        """Use up steps; return whether the budget covered them."""
        self.steps -= steps
        return self.steps >= 0


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A run of equal items: old[old_start:old_start + length] is new[new_start:new_start + length]."""

    old_start: int
    new_start: int
    length: int


def align(old: Sequence[Hashable], new: Sequence[Hashable], budget: StepBudget) -> list[Match]:
    """The matching blocks, in order, without overlap; adjacent blocks are merged."""
    blocks: list[Match] = []
    todo = [(0, len(old), 0, len(new))]
    while todo:
        low, high, left, right = todo.pop()
        start = low
        while low < high and left < right and old[low] == new[left]:
            low, left = low + 1, left + 1
        if low > start:
            blocks.append(Match(start, left - (low - start), low - start))
        end = high
        while low < high and left < right and old[high - 1] == new[right - 1]:
            high, right = high - 1, right - 1
        if end > high:
            blocks.append(Match(high, right, end - high))
        if low == high or left == right or not budget.spend(high - low + right - left + end - start):
            continue
        stretch = (low, high, left, right)
        anchors = _anchors(old, new, stretch)
        if not anchors:
            blocks += _shortest(old, new, stretch, budget)
            continue
        # An anchor is the first item of the next stretch, where the loop above matches it.
        bounds = [(low, left), *anchors, (high, right)]
        todo += [(a, c, b, d) for (a, b), (c, d) in pairwise(bounds) if a < c or b < d]
    return _merged(blocks)


def pair_alike(old: Sequence[Counter[str]], new: Sequence[Counter[str]], budget: StepBudget) -> list[Match] | None:
    """Pair the paragraphs that are edited forms of one another: blocks of length 1, in order. None: too many to
    compare.

    old, new: the word counts of each paragraph. The words that a pair shares reach the threshold ALIKE. Of the pairings
    that keep the order, the one with the most shared words is returned.
    """
    cost = len(new) * sum(map(len, old)) + len(old) * sum(map(len, new))
    if len(old) * len(new) > MAX_PAIRS or not budget.spend(cost):
        return None
    sizes = [sum(words.values()) for words in old], [sum(words.values()) for words in new]
    # best[i][j]: the most words that pairs of old[i:] with new[j:] can share.
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    shared = [[0] * len(new) for _ in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = (old[i] & new[j]).total()
            shared[i][j] = both if both and 2 * both >= ALIKE * (sizes[0][i] + sizes[1][j]) else 0
            paired = best[i + 1][j + 1] + shared[i][j]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    blocks = []
    i = j = 0
    while i < len(old) and j < len(new):
        if shared[i][j] and best[i][j] == best[i + 1][j + 1] + shared[i][j]:
            blocks.append(Match(i, j, 1))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return blocks


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], stretch: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Positions (old, new) of items that occur once on both sides: the longest sequence that keeps the order."""
    low, high, left, right = stretch
    rare = {item for item, times in Counter(old[low:high]).items() if times == 1}
    rare &= {item for item, times in Counter(new[left:right]).items() if times == 1}
    if not rare:
        return []
    in_new = {new[position]: position for position in range(left, right) if new[position] in rare}
    pairs = [(position, in_new[old[position]]) for position in range(low, high) if old[position] in rare]
    # The longest increasing subsequence, by patience sorting.
    tops: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for index, (_, position) in enumerate(pairs):
        pile = bisect_left(tops, position)
        before.append(heads[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(position)
            heads.append(index)
        else:
            tops[pile], heads[pile] = position, index
    chain = []
    index = heads[-1]
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _shortest(
    old: Sequence[Hashable], new: Sequence[Hashable], stretch: tuple[int, int, int, int], budget: StepBudget
) -> list[Match]:
    """The blocks of a shortest edit script; none where it needs over MAX_EDITS edits or the budget is exhausted."""
    low, high, left, right = stretch
    rows, columns = high - low, right - left
    if abs(rows - columns) > MAX_EDITS or not set(old[low:high]) & set(new[left:right]):
        return []
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(rows + columns, MAX_EDITS) + 1):
        trace.append(dict(furthest))
        steps = 2 * edits
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (
                diagonal != edits and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
            )
            x = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            y = x - diagonal
            start = x
            while x < rows and y < columns and old[low + x] == new[left + y]:
                x, y = x + 1, y + 1
            steps += x - start
            furthest[diagonal] = x
            if x >= rows and y >= columns:
                return _traced(trace, rows, columns, low, left)
        if not budget.spend(steps):
            return []
    return []


def _traced(trace: list[dict[int, int]], x: int, y: int, low: int, left: int) -> list[Match]:
    blocks = []
    for edits in range(len(trace) - 1, -1, -1):
        furthest, diagonal = trace[edits], x - y
        down = diagonal == -edits or (
            diagonal != edits and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
        )
        earlier = diagonal + 1 if down else diagonal - 1
        before_x = furthest[earlier] if edits else 0
        before_y = before_x - earlier if edits else 0
        start = before_x if down or not edits else before_x + 1
        if x > start:
            blocks.append(Match(low + start, left + start - diagonal, x - start))
        x, y = before_x, before_y
    return blocks


def _merged(blocks: list[Match]) -> list[Match]:
    merged: list[Match] = []
    for block in sorted(blocks):
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.old_start + last.length == block.old_start
            and last.new_start + last.length == block.new_start
        ):
            merged[-1] = Match(last.old_start, last.new_start, last.length + block.length)
        else:
            merged.append(block)
    return merged
