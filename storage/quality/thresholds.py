"""The thresholds of each signal for ordinary prose, with their sources.

fineweb-2: configs/arb_Arab.yml, measured there on Arabic web text (Penedo et al. 2025, "FineWeb2"). fineweb: Penedo
et al. 2024, "The FineWeb Datasets", 3.5. gopher: Rae et al. 2021, table A1. own: of this project, not measured
elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

# Raise it when the computation of a signal or a threshold changes.
QUALITY = 1

LengthClass = Literal["fragment", "brief", "report", "long"]
# Maximum number of words of each class; the first that fits applies. own, except the boundary at 50, from gopher.
LENGTHS: tuple[tuple[int, LengthClass], ...] = ((49, "fragment"), (149, "brief"), (799, "report"))


@dataclass(frozen=True, slots=True)
class Threshold:
    """The lowest and highest value of a signal that pass, both included; None: no bound."""

    signal: str
    least: float | None
    greatest: float | None
    source: str


THRESHOLDS = (
    Threshold("arabic_share", 0.5, None, "own: most letters are of the Arabic script"),
    Threshold("language_score", 0.711, None, "fineweb-2, there of another identifier"),
    Threshold("duplicate_lines", None, 0.304, "fineweb-2"),
    Threshold("top_2_grams", None, 0.197, "fineweb-2"),
    Threshold("top_3_grams", None, 0.172, "fineweb-2"),
    Threshold("top_4_grams", None, 0.146, "fineweb-2"),
    Threshold("duplicate_5_grams", None, 0.165, "fineweb-2"),
    Threshold("duplicate_10_grams", None, 0.109, "fineweb-2"),
    Threshold("punctuated_lines", 0.143, None, "fineweb-2"),
    Threshold("short_lines", None, 0.67, "fineweb"),
    Threshold("mean_word_length", 2, 9, "fineweb-2"),
    Threshold("alphabetic_words", 0.787, None, "fineweb-2"),
    Threshold("stop_words", 2, None, "gopher; the words are fineweb-2's"),
    Threshold("boilerplate", None, 0.3, "own"),
)
BY_SIGNAL: Mapping[str, Threshold] = {each.signal: each for each in THRESHOLDS}


def failing(values: Mapping[str, float | None], signals: Iterable[str]) -> str | None:
    """The first of these signals whose value is out of bounds; None if all pass. Unknown values pass."""
    for name in signals:
        bounds, value = BY_SIGNAL[name], values[name]
        if value is None:
            continue
        if (bounds.least is not None and value < bounds.least) or (
            bounds.greatest is not None and value > bounds.greatest
        ):
            return name
    return None
