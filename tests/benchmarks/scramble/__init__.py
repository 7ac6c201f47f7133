"""Scrambled pages: names hashed, elements neutral, metadata removed, furniture reworded."""

from tests.benchmarks.scramble.markup import ALL, Levels, scrambled
from tests.benchmarks.scramble.wording import reworded_lines

__all__ = ["ALL", "Levels", "reworded_lines", "scrambled"]
