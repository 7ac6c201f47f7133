"""Builds that show writers and headlines in places that others do not, and mix kinds of cards; rules may be developed on them."""

from tests.benchmarks.invented.developed_later import WORDS
from tests.benchmarks.invented.developed_varied import (
    bureau_lines,
    column_heads,
    desk_lines,
    last_lines,
    two_line_heads,
    writer_cards,
)

__all__ = ["BUILDS", "WORDS"]

BUILDS = tuple(
    each.BUILD for each in (bureau_lines, writer_cards, two_line_heads, column_heads, desk_lines, last_lines)
)
