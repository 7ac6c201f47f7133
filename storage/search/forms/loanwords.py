"""The other common spellings of a foreign word: غوغل and جوجل, ميليشيا and مليشيا, كاليفورنيا and كالفورنيا. Pure.

Spellings differ in the letter for the sounds g and t, in s or z at the end, and in whether an inner vowel is written.
In an Arabic word the same letters change the meaning (كاتب, كتاب). So the dictionary must lack both spellings; where
the word is long, it must lack one.
"""

from collections.abc import Callable, Iterator

from storage import arabic

_LEAST = 4  # fewest letters of a word with another letter for its sound
_MOST = 16  # most letters of a word: each one costs look-ups
_LEAST_BARE = 5  # fewest letters of the spelling without the vowel
_LONG = 7  # the same, where one of the two is in the dictionary
_VOWELS = "اوي"
_LETTERS = (("غ", "ج"), ("ج", "غ"), ("ط", "ت"), ("ت", "ط"))
_SIBILANTS = ("س", "ز")  # at the end: شولتس, شولتز
_LONG_NAME = 6  # fewest letters of a word that the dictionary has, while it lacks the other spelling: بلغاريا
# Endings of verbs with a pronoun (استقبله, استقباله), which the dictionary lacks.
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "كم", "نا", "ني")


def other_spellings(word: str, is_listed: Callable[[str], bool], is_native: Callable[[str], bool]) -> Iterator[str]:
    """The other spellings of a folded word without article, but none that the dictionary shows to be another word.

    is_listed: whether a word itself is in the dictionary. is_native: whether it, or a base that it is inflected from,
    is.
    """
    if not _LEAST <= len(word) <= _MOST or not word.isalpha() or word.isascii():
        return
    foreign = not is_native(word)
    long = len(word) >= _LONG_NAME and not word.startswith("ال")
    for each in _with_other_letter(word):
        if (foreign and (long or not is_listed(each))) or (long and not is_native(each)):
            yield each
    if word.endswith(_PRONOUNS) and not word.endswith("يه"):
        return
    particle = any(map(is_listed, arabic.behind_particles(word)[1:]))
    for place, each in _with_other_vowel(word):
        least = min(len(word), len(each))
        if foreign and not is_listed(each):
            alike = least >= _LEAST_BARE
        else:  # a vowel before the last letter is an ending: "اجتماعية" is no spelling of "اجتماعه"
            inside = place < len(word) - 2 and not particle
            alike = inside and least >= _LONG and is_listed(word) != is_listed(each)
        if alike:
            yield each


def _with_other_letter(word: str) -> Iterator[str]:
    for letter, other in _LETTERS:
        if letter in word and other not in word:
            yield word.replace(letter, other)
    if word.endswith(_SIBILANTS):
        yield from (word[:-1] + other for other in _SIBILANTS if other != word[-1])


def _with_other_vowel(word: str) -> Iterator[tuple[int, str]]:
    """The word with a vowel added or removed after its first letter, each once: (position of the vowel, word)."""
    made: dict[str, int] = {}
    for place in range(1, len(word)):
        if place < len(word) - 1 and word[place] in _VOWELS:
            made.setdefault(word[:place] + word[place + 1 :], place)
        for vowel in _VOWELS:
            made.setdefault(word[:place] + vowel + word[place:], place)
    return ((place, each) for each, place in made.items())
