"""Twelve builds that show writers, agency, section and tags in many ways; rules may be developed on them."""

from tests.benchmarks.invented.developed_latest import (
    angular_writers,
    blogger_labels,
    city_bylines,
    drupal_pairs,
    elements_press,
    font_cells,
    icon_line,
    joomla_k2,
    kicker_story,
    laravel_signed,
    one_line,
    webforms_spans,
)
from tests.benchmarks.invented.developed_more import WORDS

__all__ = ["BUILDS", "WORDS"]

BUILDS = tuple(
    each.BUILD
    for each in (
        *(joomla_k2, icon_line, drupal_pairs, city_bylines, laravel_signed, elements_press),
        *(angular_writers, font_cells, kicker_story, blogger_labels, webforms_spans, one_line),
    )
)
