"""The sentence alignment of two texts: pairs that are equal, edited, added or removed, and whether they moved. Pure.

Equal sentences are matched first, in order; then edited ones, by shared words. The sentences left over are searched for
at other places, so that a moved sentence counts neither as added nor as removed.
"""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from typing import Literal

from storage import arabic
from storage.diff.alignment import ALIKE, MAX_PAIRS, Match, StepBudget, align, pair_alike
from storage.diff.change_classes import is_small, normalised
from storage.diff.sentences import Sentence, outside_quotations, sentences_of

PairOp = Literal["equal", "edited", "added", "removed"]
_Pair = tuple[list[int], list[int]]  # positions of old sentences, and of their new forms
_Gap = tuple[list[_Pair], list[int], list[int]]  # pairs, and the unpaired positions of each side

# Fewest words of a sentence that can count as moved: shorter ones recur by chance.
_MOVED_WORDS = 4
# Containment threshold: an unpaired sentence joins its neighbour's pair when the other side of the pair contains this
# share of its words, beyond the words already matched.
_PART = 0.7
# Threshold of Dice's coefficient for an edited sentence at another place.
_ALIKE_ELSEWHERE = 0.6
# The same where one sentence is left on each side between two matches.
_ALIKE_ALONE = 0.2


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence of the old text and its form in the new text; sentences that an edit split or joined are one side.

    old: None for "added"; new: None for "removed". moved: whether its order among the other sentences changed.
    paragraph: the number of its paragraph in the new text, from 0; in the old text for "removed".
    """

    op: PairOp
    old: str | None
    new: str | None
    paragraph: int
    moved: bool = False


def sentence_pairs(old: str, new: str, budget: StepBudget | None = None) -> list[SentencePair]:
    """Return every sentence of both texts once, in the order of the new text; removed ones at their old places."""
    return _Texts(sentences_of(old), sentences_of(new), budget or StepBudget()).pairs()


@dataclass(frozen=True, slots=True)
class _Texts:
    old: list[Sentence]
    new: list[Sentence]
    budget: StepBudget

    def pairs(self) -> list[SentencePair]:
        keys = [[normalised(each.text) or each.text for each in side] for side in (self.old, self.new)]
        pairs: list[_Pair] = []
        gone: list[int] = []
        come: list[int] = []
        for olds, news, equal in _cut(align(keys[0], keys[1], self.budget), len(self.old), len(self.new)):
            if equal:
                pairs += [([one], [other]) for one, other in zip(olds, news, strict=True)]
                continue
            matched, lone_old, lone_new = self._gap(olds, news)
            pairs += matched
            gone += lone_old
            come += lone_new
        moved = self._elsewhere(keys, gone, come)
        taken = set(moved.values())
        pairs += [([one], []) for one in gone if one not in moved]
        pairs += [([], [other]) for other in come if other not in taken]
        return self._ordered(pairs, moved)

    def _gap(self, olds: list[int], news: list[int]) -> _Gap:
        """Pair the sentences between two matches of equal sentences."""
        if not olds or not news:
            return [], olds, news
        if is_small(_text_of(self.old, olds), _text_of(self.new, news)):
            return [(olds, news)], [], []
        one, other = ([_bag(side[each]) for each in part] for side, part in ((self.old, olds), (self.new, news)))
        blocks = pair_alike(one, other, self.budget)
        if blocks is None:
            return [(olds, news)], [], []
        matched: list[_Pair] = []
        left_old: list[int] = []
        left_new: list[int] = []
        for low, left, equal in _cut(blocks, len(olds), len(news)):
            some_old, some_new = [olds[each] for each in low], [news[each] for each in left]
            if equal:
                matched += [([gone], [come]) for gone, come in zip(some_old, some_new, strict=True)]
            elif len(low) == len(left) == 1 and self._are_one(some_old[0], some_new[0]):
                matched.append((some_old, some_new))
            else:
                left_old += some_old
                left_new += some_new
        self._join_parts(matched, left_old, left_new)
        return matched, left_old, left_new

    def _are_one(self, old: int, new: int) -> bool:
        """Whether two sentences, each alone between matches, are one sentence, edited.

        They share enough words; or both have quotations and share enough words outside them, whatever is quoted.
        """
        one, other = self.old[old], self.new[new]
        if _dice(_bag(one), _bag(other)) >= _ALIKE_ALONE:
            return True
        frames = [Counter(arabic.tokens(outside_quotations(each.text))) for each in (one, other)]
        return _dice(*frames) >= ALIKE

    def _join_parts(self, matched: list[_Pair], left_old: list[int], left_new: list[int]) -> None:
        """Add a sentence that was split off its neighbour, or joined with it, to the neighbour's pair."""
        for pair in matched:
            for side, lone in ((0, left_old), (1, left_new)):
                for beside in (pair[side][0] - 1, pair[side][-1] + 1):
                    if beside not in lone:
                        continue
                    texts = (self.old, self.new)
                    mine, others = (
                        Counter(arabic.tokens(_text_of(texts[each], pair[each]))) for each in (side, 1 - side)
                    )
                    words = _bag(texts[side][beside])
                    if ((others - mine) & words).total() >= _PART * max(words.total(), 1):
                        lone.remove(beside)
                        pair[side].append(beside)
                        pair[side].sort()

    def _elsewhere(self, keys: list[list[str]], gone: list[int], come: list[int]) -> dict[int, int]:
        """Find sentences at another place in the new text, equal or edited: old position to new position."""
        waiting: defaultdict[str, deque[int]] = defaultdict(deque)
        for each in come:
            waiting[keys[1][each]].append(each)
        long = [each for each in gone if self.old[each].text.count(" ") >= _MOVED_WORDS - 1]
        places = {each: same.popleft() for each in long if (same := waiting[keys[0][each]])}
        taken = set(places.values())
        olds = [each for each in long if each not in places]
        news = {each: _bag(self.new[each]) for each in come if each not in taken}
        if len(olds) * len(news) > MAX_PAIRS:
            return places
        for each in olds:
            words = _bag(self.old[each])
            if not news or not self.budget.spend(words.total() * len(news)):
                break
            best = max(news, key=lambda other: _dice(words, news[other]))
            if _dice(words, news[best]) >= _ALIKE_ELSEWHERE:
                places[each] = best
                del news[best]
        return places

    def _ordered(self, pairs: list[_Pair], moved: dict[int, int]) -> list[SentencePair]:
        """Sort the pairs by the new text; a removed sentence follows the sentence that it followed in the old text."""
        behind = {each: news[0] for olds, news in pairs if news for each in olds}
        last = -1
        for each in range(len(self.old)):
            last = behind[each] = behind.get(each, last)
        placed = []
        for olds, news in (*pairs, *(([old], [new]) for old, new in moved.items())):
            old, new = _text_of(self.old, olds) or None, _text_of(self.new, news) or None
            op: PairOp = "removed" if new is None else "added" if old is None else "equal" if old == new else "edited"
            paragraph = self.new[news[0]].paragraph if news else self.old[olds[0]].paragraph
            place = (news[0], -1) if news else (behind[olds[0]], olds[0])
            is_moved = bool(olds) and olds[0] in moved
            placed.append((place, SentencePair(op, old, new, paragraph, is_moved)))
        placed.sort(key=lambda each: each[0])
        return [pair for _, pair in placed]


def _cut(matches: list[Match], rows: int, columns: int) -> list[tuple[list[int], list[int], bool]]:
    """Cut the positions of both sides at the matches: (old, new, whether they match)."""
    pieces = []
    low = left = 0
    for match in (*matches, Match(rows, columns, 0)):
        if low < match.old_start or left < match.new_start:
            pieces.append((list(range(low, match.old_start)), list(range(left, match.new_start)), False))
        low, left = match.old_start + match.length, match.new_start + match.length
        if match.length:
            pieces.append((list(range(match.old_start, low)), list(range(match.new_start, left)), True))
    return pieces


def _text_of(sentences: list[Sentence], positions: list[int]) -> str:
    return " ".join(sentences[each].text for each in positions)


def _bag(sentence: Sentence) -> Counter[str]:
    return Counter(arabic.tokens(sentence.text))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)
