"""Names of two words that newspapers also write as one: أبو ظبي, أبوظبي; نور الدين, نورالدين. Pure.

Names with عبد need none of this: `storage.arabic` parts them in every text.
"""

from collections.abc import Iterator, Sequence

_FATHER = "ابو"
_SECOND = ("الله", "الدين", "الاسلام", "العابدين", "الرحمن", "الحق", "الزهراء")
_SHORTEST = 3  # letters behind "ابو": "ابوه" is "his father"
_SHORTEST_FIRST = 2  # before the others: "والدين" is "and the debt"


def in_two_words(word: str) -> tuple[str, str] | None:
    """The two words of a folded name that is written as one; None for what can be none.

    Other words that begin or end so (ابواب) are parted, too: their halves stand side by side in no text.
    """
    if word.startswith(_FATHER) and len(word) >= len(_FATHER) + _SHORTEST:
        return _FATHER, word.removeprefix(_FATHER)
    for second in _SECOND:
        first = word.removesuffix(second)
        if first != word and len(first) >= _SHORTEST_FIRST:
            return first, second
    return None


def in_one_word(first: str, second: str) -> str | None:
    """Two folded words as one; None where they are no name that is written so."""
    if first == _FATHER:
        return first + second if len(second) >= _SHORTEST else None
    return first + second if second in _SECOND and len(first) >= _SHORTEST_FIRST and first != "عبد" else None


def other_writings(words: Sequence[str]) -> Iterator[list[str]]:
    """The same folded words in a row with one of the names among them written the other way."""
    for place, word in enumerate(words):
        if (two := in_two_words(word)) is not None:
            yield [*words[:place], *two, *words[place + 1 :]]
        following = words[place + 1 : place + 2]
        if following and (one := in_one_word(word, following[0])) is not None:
            yield [*words[:place], one, *words[place + 2 :]]
