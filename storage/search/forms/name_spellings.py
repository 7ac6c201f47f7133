"""Other spellings of a foreign name, as newspapers write them: شولتس and شولتز, غوتيريش and غوتيريس.

Long vowels are written or left out, and some sounds have several letters. In native words the same letters change the
meaning (كتاب, كاتب), so the letters alone are no evidence. Two spellings are one name where the dictionary lacks one of
them, the same words occur next to both in headlines, and each site keeps to one spelling, not all to the same.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from storage import arabic
from storage.lexicon import is_listed
from storage.search.forms.word_forms import ARTICLE, keys

LEAST = 4  # fewest letters of a name: nearly every shorter word is one spelling away from another word
MOST = 16
MOST_CHANGES = 2
LEAST_HEADLINES = 2  # fewest headlines with each spelling
_VOWELS = "اوي"
# Letters for one foreign sound.
_SOUNDS = ("غجقك", "سزصش", "ثتس", "تط", "دض")
_NEIGHBOUR = 4  # fewest letters of a neighbour; shorter words are mostly particles
_STRAY = 0.1  # largest share of a site's headlines with the name that may have the other spelling


class SiteHeadline(NamedTuple):
    """A headline of a site. words: those of the title, folded, in order."""

    site: str
    title: str
    words: Sequence[str]


def may_be_name(token: str) -> bool:
    """Whether a folded word may be a name with other spellings."""
    return LEAST <= len(token) <= MOST and token.isalpha() and not token.isascii() and not token.startswith(ARTICLE)


def spellings(name: str) -> Iterator[str]:
    """The folded spellings that are up to MOST_CHANGES letters away from a folded name, the nearest first, each once.

    Spellings that a search for the name finds anyway are left out.
    """
    known = {name}
    forms = set(keys(name))
    latest = [name]
    for _ in range(MOST_CHANGES):
        latest = [each for before in latest for each in _one_letter_away(before) if each not in known]
        latest = list(dict.fromkeys(latest))
        known.update(latest)
        yield from (each for each in latest if len(each) >= LEAST and arabic.stem(each) not in forms)


def is_same_name(one: str, other: str, of_one: Sequence[SiteHeadline], of_other: Sequence[SiteHeadline]) -> bool:
    """Whether the headlines with either of two spellings show that both are one name."""
    if min(len(of_one), len(of_other)) < LEAST_HEADLINES or (is_listed(one) and is_listed(other)):
        return False
    return _sites_differ(of_one, of_other) and _share_neighbours(_beside(one, of_one), _beside(other, of_other))


def _sites_differ(of_one: Sequence[SiteHeadline], of_other: Sequence[SiteHeadline]) -> bool:
    """Whether some sites write one spelling, some the other, and none both."""
    ones, others = (Counter(each.site for each in headlines) for headlines in (of_one, of_other))
    for site in ones.keys() & others.keys():
        if min(ones[site], others[site]) > _STRAY * (ones[site] + others[site]):
            return False
    own = [ones[site] > others[site] for site in ones.keys() | others.keys()]
    return True in own and False in own


def _share_neighbours(beside_one: set[str], beside_other: set[str]) -> bool:
    """Whether a foreign word, or two other words, occur next to both spellings."""
    shared = beside_one & beside_other
    return len(shared) > 1 or any(not is_listed(each.partition(" ")[2]) for each in shared)


def _beside(name: str, headlines: Sequence[SiteHeadline]) -> set[str]:
    """The words directly before ("- word") and after ("+ word") a name."""
    beside: set[str] = set()
    for _, _, words in headlines:
        for place, word in enumerate(words):
            if word == name:
                beside.update(f"- {each}" for each in words[max(place - 1, 0) : place])
                beside.update(f"+ {each}" for each in words[place + 1 : place + 2])
    return {each for each in beside if len(each) >= _NEIGHBOUR + 2 and each[2:].isalpha()}


def _one_letter_away(word: str) -> Iterator[str]:
    last = len(word) - 1
    for place, letter in enumerate(word):
        for sound in _SOUNDS:
            if letter in sound:
                yield from (word[:place] + other + word[place + 1 :] for other in sound if other != letter)
        if 0 < place < last and letter in _VOWELS:  # a vowel at an end is an ending
            yield word[:place] + word[place + 1 :]
            yield from (word[:place] + other + word[place + 1 :] for other in _VOWELS if other != letter)
        if place > 0:
            yield from (word[:place] + vowel + word[place:] for vowel in _VOWELS)
