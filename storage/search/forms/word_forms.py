"""Expand a word of a query into the forms that a text may have: inflected, with particles or pronouns, in the plural.

The index stores one key for each word, its stem (`arabic.stem`), which can't tell فكرة from ف and كرة. So a query looks
up the keys of all forms of its word; a form that no text has costs next to nothing. The article is followed by a whole
word, never by a particle: "الوحدة" is not و and حدة.
"""

from collections.abc import Iterator
from functools import lru_cache

from storage import arabic
from storage.lexicon import is_listed
from storage.search.forms.lemmas import has_feminine, related
from storage.search.forms.loanwords import other_spellings

ARTICLE = "ال"
# Particles written onto the next word. Not ف and ك, with which many short words begin: فكرة is no form of كرة.
_PARTICLES = ("و", "ب", "ل", "وب", "ول")
_RARER_PARTICLES = ("ف", "ك", "وك")
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "كم", "نا")
_LONG_PRONOUNS = ("ها", "هم", "هما", "كم", "نا")  # also after words of two letters: "حقنا"
_FEMININE_TAILS = ("ات", "تان", "تين", "تا", "تي")
_TAILS = ("ات", "ون", "ين", "ان", "و", "ي")
_DEFINITE_TAILS = _TAILS[:4]
# "مصر" means المصرية too, as readers of a country's news expect.
_RELATIVE = ("ي", "يه", "يون", "يين", "يات")
_SHORT = 3  # letters
_IMPERFECT = ("ي", "ت", "ن", "ا")  # prefixes of the imperfect after the س of the future


@lru_cache(maxsize=4096)
def keys(token: str, *, lemmas: bool = True) -> tuple[str, ...]:
    """The index keys of a folded word: its own first, then those of its inflections, of its lemma and of its spellings.

    Each key once. Words of its lemma include broken plurals; other spellings are those of foreign words. lemmas: False
    leaves out both.
    """
    stems = {arabic.stem(token): None}
    stated = _bases(token)
    for base in stated:
        stems |= dict.fromkeys(map(arabic.stem, _inflected(base)))
    if token.endswith("ي") and len(token) > _SHORT:
        for base in dict.fromkeys(each[:-1] for each in stated if each.endswith("ي") and len(each) > _SHORT):
            stems |= dict.fromkeys(map(arabic.stem, _relative(base)))
    forms = (form for base in stated for form in related(base)) if lemmas else ()
    for form in dict.fromkeys(forms):
        stems |= dict.fromkeys(map(arabic.stem, _with_particles_and_pronouns(form)))
    if lemmas:
        for word in dict.fromkeys((stated[0], token)):  # كالفورنيا has no article
            for form in other_spellings(word, is_listed, _is_native):
                stems |= dict.fromkeys(map(arabic.stem, _behind_plain_particles(form)))
    return tuple(stems)


def _is_native(word: str) -> bool:
    """Whether the dictionary has a folded word, or a base of it without ending, pronoun or particle."""
    behind = arabic.behind_particles(word)
    future = (word[1:],) if word.startswith("س") and word[1:2] in _IMPERFECT else ()
    return any(is_listed(each) for form in (*behind, *future) for each in _bases(form))


def _behind_plain_particles(form: str) -> Iterator[str]:
    yield from (form, ARTICLE + form, *(particle + form for particle in _PARTICLES[:3]))


def _bases(token: str) -> tuple[str, ...]:
    """The words that a folded word of a query may be a form of: itself, and without article, ending or pronoun."""
    rest = arabic.behind_article(token)
    bases = dict.fromkeys((token,) if rest is None else (rest, token))
    for word in tuple(bases):
        for base in _without_ending(word):
            bases[base] = None
        if rest is None:
            for pronoun in _PRONOUNS:
                # A final ه may be a teh marbuta, unless a ت precedes it.
                if word.endswith(pronoun if pronoun != "ه" else "ته") and len(word) - len(pronoun) >= _SHORT:
                    base = word.removesuffix(pronoun)
                    bases[base] = None
                    if base.endswith("ت"):
                        bases[f"{base[:-1]}ه"] = None
    return tuple(bases)


def _without_ending(word: str) -> Iterator[str]:
    base = word[:-2]
    if word.endswith("ات") and len(base) >= _SHORT:
        yield from (base, f"{base}ه")
    elif (word.endswith(("ون", "ين")) and len(base) >= _SHORT) or (word.endswith("ان") and len(base) > _SHORT):
        yield base
        if base.endswith("ت") and len(base) > _SHORT:
            yield f"{base[:-1]}ه"
        if base.endswith("ي") and len(base) > _SHORT:
            yield base[:-1]
    elif word.endswith("يه") and len(base) >= _SHORT:
        yield from (word[:-1], base)
    elif word.endswith("ه") and has_feminine(word[:-1]):
        yield word[:-1]


def _inflected(base: str) -> Iterator[str]:
    yield from _with_particles_and_pronouns(base)
    if base.endswith("ه") and len(base) > _SHORT:
        bare = base[:-1]
        yield from _behind_particles([bare + tail for tail in _FEMININE_TAILS], base)
        yield from _behind_particles([f"{bare}ات{pronoun}" for pronoun in _PRONOUNS], base)
        yield from (f"{ARTICLE}{bare}{tail}" for tail in _FEMININE_TAILS[:3])
    elif len(base) >= _SHORT:
        # A short word lacks some endings: لبنان is no form of لبن, nor مالي of مال.
        tails = [tail for tail in _TAILS if tail not in ("ان", "ي") or len(base) > _SHORT]
        yield from _behind_particles([base + tail for tail in tails], base)
        yield from (f"{ARTICLE}{base}{tail}" for tail in _DEFINITE_TAILS if tail != "ان" or len(base) > _SHORT)
        yield from _relative(base)
        if has_feminine(base):
            yield f"{ARTICLE}{base}ه"
        if base.endswith("ي") and len(base) > _SHORT:  # المحامون of محامي
            yield from _behind_particles([base[:-1] + tail for tail in _TAILS[1:]], base)
            yield from (f"{ARTICLE}{base[:-1]}{tail}" for tail in _DEFINITE_TAILS[1:])


def _relative(base: str) -> Iterator[str]:
    tails = _RELATIVE[1:] if base.endswith("ي") else _RELATIVE
    stated = base.removesuffix("ي") if base.endswith("ي") else base
    for tail in tails:
        yield f"{ARTICLE}{stated}{tail}"
        if tail != "ي":  # "مالي" without the article is a country
            yield stated + tail


def _with_particles_and_pronouns(word: str) -> Iterator[str]:
    stated = [word]
    if len(word) >= _SHORT:
        joined = f"{word[:-1]}ت" if word.endswith("ه") else word
        stated += [joined + pronoun for pronoun in _PRONOUNS]
        stated.append(f"{word}ا")
    else:
        stated += [word + pronoun for pronoun in _LONG_PRONOUNS]
    yield from _behind_particles(stated, word)
    if arabic.behind_article(ARTICLE + word):  # الله is no له with an article
        yield ARTICLE + word


def _behind_particles(forms: list[str], word: str) -> Iterator[str]:
    """The forms, and each of them with particles before it.

    word: the base of the forms. A word of two letters takes no particle: "بيد" is no form of يد.
    """
    yield from forms
    if len(word) < _SHORT:
        return
    for form in forms:
        if not form.startswith(ARTICLE):
            yield from (particle + form for particle in _PARTICLES)
    if len(arabic.stem(word)) > _SHORT or (len(arabic.stem(word)) == _SHORT and len(word) > _SHORT + 1):
        for form in forms:
            key = arabic.stem(form)
            for each in _RARER_PARTICLES:
                # The stem cuts the ending of فلبنان, but not that of لبنان.
                if form == word or arabic.stem(each + form) == each + key:
                    yield each + form
