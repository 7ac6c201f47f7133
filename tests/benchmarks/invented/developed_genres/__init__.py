"""Builds whose articles are of many kinds, written without the rules in mind; rules may be developed on them.

Beside plain reports: running stories, talks, matches, tables of prices, lists, columns, long explainers, transcripts, stories
in pictures, poems, statements, translations, corrections, obituaries and podcasts.

What counts as text: all entries of a running story with their headings; questions and answers with the names or letters
that begin their lines; line-ups and tables; the headings of a list with their numbers; footnotes, and the marks of them;
what was said in a video; the captions of a story in pictures (of no other article); each verse; facts of an obituary;
points of a statement; chapters of a podcast with their times; the note of a correction. Not: times of entries, labels
("transcript", "notes"), summaries by a machine or an editor, contents, sentences that a pull quote says again, credits of pictures, lives
and roles of writers, scores in a box, what follows from other articles.

Authors: who wrote, or asked the questions; not translators, photographers, hosts' guests, desks or the site.
"""

from pathlib import Path

from tests.benchmarks.invented.developed_genres import (
    aem_pictures,
    angular_goals,
    aspnet_verse,
    block_theme_lists,
    drupal_statements,
    livewire_podcasts,
    next_live,
    nuxt_prices,
    styled_talks,
    tailwind_notes,
)

__all__ = ["BUILDS", "WORDS"]

WORDS = Path(__file__).with_name("words.txt")
BUILDS = tuple(
    each.BUILD
    for each in (
        *(next_live, styled_talks, tailwind_notes, drupal_statements, block_theme_lists),
        *(angular_goals, nuxt_prices, aspnet_verse, livewire_podcasts, aem_pictures),
    )
)
