"""Look up whether the dictionary has a word, or a base that the word may be inflected from.

Most words that it lacks are names, mainly foreign ones. Of 19,921 words of some news texts it lacks 805 with all their
bases; four of five are names.
"""

from collections.abc import Sequence
from functools import lru_cache

from storage import arabic
from storage.lexicon.lemma_table import ask_table

_LEAST = 3  # fewest letters of a base
_IMPERFECT = "يتنا"  # prefixes of the imperfect; also after the س of the future
# The longest first. An ending may have replaced a teh marbuta: "شركات" of "شركة".
_ENDINGS = (
    "تهما", "تها", "تهم", "تنا", "تكم", "هما", "تان", "تين", "يون", "يين", "يات", "ته", "ها", "هم", "هن", "كم", "نا",
    "ني", "وا", "ون", "ين", "ان", "ات", "يه", "تي", "تا", "تم", "ا", "ت", "ي", "ه",
)  # fmt: skip

_MOST_MET = 1 << 14
_met: dict[str, bool] = {}  # words looked up before, and whether they are known


@lru_cache(maxsize=4096)
def is_listed(word: str) -> bool:
    """Whether the dictionary has a folded word: as a form, or as a lemma."""
    return bool(ask_table(lambda table: table.listed((word,))))


def is_known(word: str) -> bool:
    """Whether the dictionary has a folded word, or a base that it may be inflected from: "وبتقسيماتهم" of "تقسيم"."""
    return not unknown((word,))


def unknown(words: Sequence[str]) -> set[str]:
    """The folded words for which `is_known` is false, found by one dictionary query."""
    answers = {word: _met.get(word) for word in words}
    asked = {word: _bases(word) for word, answer in answers.items() if answer is None}
    if asked:
        bases = tuple({base: None for each in asked.values() for base in each})
        listed = ask_table(lambda table: table.listed(bases))
        if len(_met) > _MOST_MET:
            _met.clear()
        answers |= {word: not listed.isdisjoint(each) for word, each in asked.items()}
        _met.update({word: bool(answers[word]) for word in asked})
    return {word for word, answer in answers.items() if not answer}


def _bases(word: str) -> dict[str, None]:
    """The word, and each base left without particles, article, prefix of the imperfect, ending or pronoun."""
    bases: dict[str, None] = {}
    for behind in arabic.behind_particles(word):
        rest = arabic.behind_article(behind)
        bases |= dict.fromkeys((behind,) if rest is None else (behind, rest))
    for base in tuple(bases):
        verb = base[1:] if base.startswith("س") else base
        if verb[:1] and verb[0] in _IMPERFECT and len(verb) > _LEAST:
            bases |= {verb: None, verb[1:]: None, f"ا{verb[1:]}": None}
    for base in tuple(bases):
        for ending in _ENDINGS:
            bare = base.removesuffix(ending)
            if bare != base and len(bare) >= _LEAST:
                bases |= {bare: None, f"{bare}ه": None}
    return bases
