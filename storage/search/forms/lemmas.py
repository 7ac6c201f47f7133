"""Find the words that share a lemma, as a broken plural and its singular do, in simplemma's Arabic dictionary.

The dictionary also has verb forms under the lemmas of nouns, so its lemma can't replace the stem as the index key: its
forms are only added to a query. Forms inflected from another one are left out, because `word_forms` makes them itself.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from storage import arabic
from storage.lexicon.lemma_table import ask_table
from storage.search.forms.plural_patterns import by_pattern

MOST = 24  # most forms of one word
_LEAST = 3  # fewest letters of a form
_MOST_SPELLINGS = 96
# The unfolded spellings of each folded letter: the dictionary keeps hamza seats and teh marbuta.
_ANYWHERE = {"ا": "اأآ", "ء": "ءئؤأ"}
_FIRST = {"ا": "اأآإ", "ء": "ء"}
_LAST = {"ا": "اى", "ه": "هة", "ي": "يى", "ء": "ءئؤأ"}
_CONJUGATED = ("ي", "ت", "ن")  # prefixes of the imperfect
_ENDINGS = ("تما", "تان", "تين", "وا", "تم", "تن", "تا", "نا", "ون", "ين", "ان", "ات", "ه", "ا", "ت", "ي", "و", "ن")


@lru_cache(maxsize=4096)
def related(word: str) -> tuple[str, ...]:
    """The folded forms that share a lemma with a folded word without article: at most MOST, the shortest first.

    Plurals and singulars by pattern precede those of the dictionary, which is not asked for words of two letters. A
    plural is often both a lemma and a form of its singular's lemma; both lemmas are used (of 305 pairs of
    tests/search/plurals.tsv 287 are found).
    """
    patterned = tuple(dict.fromkeys(by_pattern(word)))
    return (*patterned, *(form for form in _listed(word) if form not in patterned))[:MOST]


def _listed(word: str) -> tuple[str, ...]:
    if len(word) < _LEAST:
        return ()
    spellings = list(_spellings(word))
    if word.endswith("ي"):  # "الوادي" is listed under "واد"
        spellings += [f"ال{each}" for each in spellings]
    by_lemma = ask_table(lambda table: {lemma: table.forms(lemma) for lemma in table.lemmas(spellings)})
    forms = {form for lemma, listed in by_lemma.items() for form in _nouns(lemma, listed)}
    return tuple(sorted(forms - {word}, key=lambda form: (len(form), form)))[:MOST]


def _nouns(lemma: str, forms: Sequence[str]) -> Iterator[str]:
    """The forms that are neither conjugated verbs nor inflected from another of these forms."""
    whole = {arabic.fold(form) for form in (*forms, lemma)}
    # Some plurals are listed with the article alone.
    folded = {arabic.behind_article(form) or form for form in whole}
    first = arabic.fold(lemma)[:1]
    for form in folded:
        if len(form) < _LEAST or not form.isalpha() or form.isascii():
            continue
        if form[0] in _CONJUGATED and form[0] != first:
            continue
        if any(form.endswith(ending) and not folded.isdisjoint(_before(form, ending)) for ending in _ENDINGS):
            continue
        yield form


def _before(form: str, ending: str) -> tuple[str, str]:
    base = form.removesuffix(ending)
    return base, f"{base}ه" if ending[-1] in "تن" and len(ending) > 1 else base


def _spellings(word: str) -> Iterator[str]:
    last = len(word) - 1
    letters = (
        _FIRST.get(letter, letter) if place == 0 else (_LAST if place == last else _ANYWHERE).get(letter, letter)
        for place, letter in enumerate(word)
    )
    return map("".join, islice(product(*letters), _MOST_SPELLINGS))


@lru_cache(maxsize=4096)
def has_feminine(word: str) -> bool:
    """Whether a folded word with a teh marbuta added is its feminine, and not another noun: سفيرة, not مكتبة.

    Another noun has further forms in the dictionary: a plural, or one with the article. False for words of up to three
    letters, for which this is no evidence (حكم, الحكمة).
    """
    if len(word) <= _LEAST or word[-1] in "هاويء":
        return False
    feminine = f"{word}ه"
    spellings = list(_spellings(feminine))
    own = ask_table(lambda table: [table.forms(lemma) for lemma in table.lemmas(spellings) if lemma in spellings])
    return not any(set(map(arabic.fold, forms)) - {feminine} for forms in own)
