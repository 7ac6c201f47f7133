"""Eleven more builds that rules may be developed on; they were held out first, until their pages were looked at."""

from pathlib import Path

from tests.benchmarks.invented.developed_later import (
    amp_page,
    drupal_paragraphs,
    joomla_fonts,
    local_ads,
    next_styled,
    opinion_magazine,
    party_accordion,
    radio_video,
    react_testid,
    tabloid_cards,
    wire_codes,
)

WORDS = Path(__file__).with_name("words.txt")
BUILDS = tuple(
    each.BUILD
    for each in (
        *(next_styled, drupal_paragraphs, tabloid_cards, amp_page, joomla_fonts, react_testid),
        *(party_accordion, radio_video, opinion_magazine, wire_codes, local_ads),
    )
)
