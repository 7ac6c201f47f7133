"""Pages without what tells their markup apart: names hashed, elements neutral, metadata gone, furniture reworded."""

from tests.benchmarks.scramble.markup import ALL, Levels, scrambled
from tests.benchmarks.scramble.wording import reworded_lines

__all__ = ["ALL", "Levels", "reworded_lines", "scrambled"]
