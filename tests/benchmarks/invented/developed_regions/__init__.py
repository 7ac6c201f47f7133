"""Builds after papers and agencies of the Arab regions, written without the rules in mind; rules may be developed on them."""

from pathlib import Path

from tests.benchmarks.invented.developed_regions import (
    arc_rail,
    bsp_elements,
    builder_widgets,
    dateline_tables,
    label_spans,
    masr_scroll,
    print_edition,
    spip_details,
    story_elements,
    svelte_scoped,
)

__all__ = ["BUILDS", "WORDS"]

WORDS = Path(__file__).with_name("words.txt")
BUILDS = tuple(
    each.BUILD
    for each in (
        *(svelte_scoped, story_elements, arc_rail, bsp_elements, label_spans),
        *(builder_widgets, print_edition, masr_scroll, dateline_tables, spip_details),
    )
)
