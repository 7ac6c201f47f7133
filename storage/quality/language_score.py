"""How sure an identifier is that a text is Arabic, and not Persian, Urdu or a language of Latin letters.

lingua (Apache 2.0, models in its wheel) comes with the extra `data`; without it there is no score.
"""

from functools import cache
from typing import Any

_LETTERS = 600  # of the text's beginning, which settle it


@cache
def _identifier() -> Any:
    """Lingua's detector and its name for Arabic; None: it is not installed."""
    try:
        from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    others = (Language.PERSIAN, Language.URDU, Language.ENGLISH, Language.FRENCH)
    return LanguageDetectorBuilder.from_languages(Language.ARABIC, *others).build(), Language.ARABIC


def arabic_score(text: str) -> float | None:
    """Between 0 and 1, rounded to four digits; None: no identifier is installed."""
    identifier = _identifier()
    if identifier is None:
        return None
    detector, arabic = identifier
    letters = text[:_LETTERS].encode("utf-8", "replace").decode()  # lingua refuses lone surrogates
    return round(float(detector.compute_language_confidence(letters, arabic)), 4)
