"""A language identifier's confidence that a text is Arabic, not Persian, Urdu or a language in Latin letters.

lingua (Apache 2.0, models in its wheel) comes with the extra `data`; without it there is no score.
"""

from functools import cache
from typing import Any

_LETTERS = 600  # letters from the text's beginning, enough to decide


@cache
def _identifier() -> Any:
    """Lingua's detector and its constant for Arabic; None if it is not installed."""
    try:
        from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    others = (Language.PERSIAN, Language.URDU, Language.ENGLISH, Language.FRENCH)
    return LanguageDetectorBuilder.from_languages(Language.ARABIC, *others).build(), Language.ARABIC


def arabic_score(text: str) -> float | None:
    """The confidence that the text is Arabic, from 0 to 1, rounded to four digits; None without lingua."""
    identifier = _identifier()
    if identifier is None:
        return None
    detector, arabic = identifier
    letters = text[:_LETTERS].encode("utf-8", "replace").decode()  # lingua refuses lone surrogates
    return round(float(detector.compute_language_confidence(letters, arabic)), 4)
