"""Names of two words that newspapers also write as one: أبو ظبي, أبوظبي; نور الدين, نورالدين. Pure.

Names with عبد are not handled here, because `storage.arabic` splits them in every text.
"""

from collections.abc import Iterator, Sequence

_FATHER = "ابو"
_SECOND = ("الله", "الدين", "الاسلام", "العابدين", "الرحمن", "الحق", "الزهراء")
_SHORTEST = 3  # letters behind "ابو": "ابوه" is "his father"
_SHORTEST_FIRST = 2  # before the others: "والدين" is "and the debt"


def in_two_words(word: str) -> tuple[str, str] | None:
    """Split a folded name that is written as one word into its two words; None: it can't be such a name.

    Other words with such a beginning or end (ابواب) are split, too; no text has their halves next to each other.
    """
    if word.startswith(_FATHER) and len(word) >= len(_FATHER) + _SHORTEST:
        return _FATHER, word.removeprefix(_FATHER)
    for second in _SECOND:
        first = word.removesuffix(second)
        if first != word and len(first) >= _SHORTEST_FIRST:
            return first, second
    return None


def in_one_word(first: str, second: str) -> str | None:
    """Join two folded words into one; None: they are no name that is written so."""
    if first == _FATHER:
        return first + second if len(second) >= _SHORTEST else None
    return first + second if second in _SECOND and len(first) >= _SHORTEST_FIRST and first != "عبد" else None


def other_writings(words: Sequence[str]) -> Iterator[list[str]]:
    """Sequences of folded words in which one of the names is written the other way, split or joined."""
    for place, word in enumerate(words):
        if (two := in_two_words(word)) is not None:
            yield [*words[:place], *two, *words[place + 1 :]]
        following = words[place + 1 : place + 2]
        if following and (one := in_one_word(word, following[0])) is not None:
            yield [*words[:place], one, *words[place + 2 :]]
