"""Broken plurals by their pattern, for nouns that the lemma dictionary lacks or lists apart from their plural. Pure.

Only patterns that few other words have (Ryding 2005, A Reference Grammar of Modern Standard Arabic, ch. 7): مراسيم of
مرسوم, أعاصير of إعصار, عواصف of عاصفة, سبائك of سبيكة, سدود of سد. Left out are فعول, فعال, أفعال and فعل, which verbal
nouns, adjectives and verbs share: دخول is no plural of دخل. Words are folded and have no article.
"""

import re
from collections.abc import Iterator

# Patterns of singulars and of their plurals.
_LONG_VOWEL = "[اوي]"
_ROOT = "[بتثجحخدذرزسشصضطظعغفقكلمنهوي]"
_FIRST = "[ابتثجحخدذرزسشصضطظعغفقكلمنهوي]"  # also a hamza, which is folded
_LAST = "[ءبتثجحخدذرزسشصضطظعغفقكلمن]"
_QUADRILITERAL = re.compile(f"({_FIRST}{_ROOT})({_ROOT}){_LONG_VOWEL}({_LAST})")  # مرسوم, تدبير, إعصار
_QUADRILITERAL_PLURAL = re.compile(f"({_FIRST}{_ROOT})ا({_ROOT})ي({_LAST})")
_ACTIVE = re.compile(f"({_ROOT})ا({_LAST})({_LAST})ه?")  # فاصل, عاصفة
_ACTIVE_LONG = re.compile(f"({_ROOT})ا({_ROOT}){_LONG_VOWEL}({_LAST})")  # ناقوس
_ACTIVE_PLURAL = re.compile(f"({_ROOT})وا({_LAST})({_LAST})")
_ACTIVE_LONG_PLURAL = re.compile(f"({_ROOT})وا({_ROOT})ي({_LAST})")
_FEMININE = re.compile(f"({_ROOT}{_ROOT})ي({_LAST})ه")  # سبيكة
_FEMININE_PLURAL = re.compile(f"({_ROOT}{_ROOT})اء({_LAST})")
_DEFECTIVE = re.compile(f"({_ROOT}{_ROOT})يه")  # هدية
_DEFECTIVE_PLURAL = re.compile(f"({_ROOT}{_ROOT})ايا")
_GEMINATE = re.compile(f"({_ROOT})({_ROOT})")  # سد


def by_pattern(word: str) -> Iterator[str]:
    """The plurals that a folded noun may have, and the singulars of which it may be the plural."""
    if match := _GEMINATE.fullmatch(word):
        first, last = match.groups()
        yield f"{first}{last}و{last}"
    if match := _QUADRILITERAL.fullmatch(word):
        start, third, last = match.groups()
        yield f"{start}ا{third}ي{last}"
    if match := _QUADRILITERAL_PLURAL.fullmatch(word):
        start, third, last = match.groups()
        yield from (f"{start}{third}{vowel}{last}" for vowel in "ويا")
    if match := _ACTIVE.fullmatch(word):
        first, second, last = match.groups()
        yield f"{first}وا{second}{last}"
    if match := _ACTIVE_PLURAL.fullmatch(word):
        first, second, last = match.groups()
        yield from (f"{first}ا{second}{last}ه", f"{first}ا{second}{last}")
    if match := _ACTIVE_LONG.fullmatch(word):
        first, second, last = match.groups()
        yield f"{first}وا{second}ي{last}"
    if match := _ACTIVE_LONG_PLURAL.fullmatch(word):
        first, second, last = match.groups()
        yield from (f"{first}ا{second}{vowel}{last}" for vowel in "ويا")
    if match := _FEMININE.fullmatch(word):
        start, last = match.groups()
        yield f"{start}اء{last}"
    if match := _FEMININE_PLURAL.fullmatch(word):
        start, last = match.groups()
        yield f"{start}ي{last}ه"
    if match := _DEFECTIVE.fullmatch(word):
        yield f"{match.group(1)}ايا"
    if match := _DEFECTIVE_PLURAL.fullmatch(word):
        yield f"{match.group(1)}يه"
