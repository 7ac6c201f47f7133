"""Word lists for classing edits: dates, names, the titles before names, and notices. Pure.

edit_words.tsv lists the words by kind, unfolded; this module folds them (storage.arabic.fold).
"""

from functools import lru_cache
from importlib import resources

from storage import arabic

_LEAST = 3  # fewest letters of a place name


def is_any(word: str, *kinds: str) -> bool:
    """Whether a folded word, with or without particles before it, is of one of the kinds: "وبالأمس" is of "moments"."""
    return any(bare in _words(kind) for bare in arabic.behind_particles(word) for kind in kinds)


def is_of_kind(word: str, kind: str) -> bool:
    """As `is_any`, for one kind whose words are listed without the article: "للمدينة" is of "places"."""
    rest = arabic.behind_article(word)
    return is_any(word, kind) or (rest is not None and is_any(rest, kind))


def how_many(words: list[str], kind: str) -> int:
    """Count the folded words of that kind."""
    return sum(1 for word in words if is_any(word, kind))


def is_of_a_place(word: str) -> bool:
    """Whether a folded word is the relative adjective of a place in the gazetteer: "المصري", "تونسيه"."""
    base = (arabic.behind_article(word) or word).removesuffix("ه")
    stem = base.removesuffix("ي")
    return stem != base and len(stem) >= _LEAST and any(place.startswith(stem) for place in _place_names())


@lru_cache(maxsize=1)
def month_names() -> tuple[frozenset[tuple[str, ...]], ...]:
    """The names of each month in Arab countries, January first: the folded words of each name."""
    months = _rows()["month_names"].split("؛")
    return tuple(frozenset(tuple(arabic.tokens(name)) for name in month.split("،")) for month in months)


@lru_cache(maxsize=1)
def _rows() -> dict[str, str]:
    text = resources.files("storage.diff").joinpath("edit_words.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines()[1:])


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    kinds = {kind: frozenset(arabic.tokens(words)) for kind, words in _rows().items()}
    first_words = {name[0] for names in month_names() for name in names}
    return kinds | {"months": kinds["hijri_months"] | first_words}


def _words(kind: str) -> frozenset[str]:
    return _table()[kind]


@lru_cache(maxsize=1)
def _place_names() -> frozenset[str]:
    return frozenset(arabic.behind_article(place) or place for place in _words("gazetteer"))
