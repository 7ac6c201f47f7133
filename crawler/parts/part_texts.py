"""Joins the extractions of an article's parts to one. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from storage.records import Extraction
from storage.urls import url_key


def join_parts(first: Extraction, others: Sequence[tuple[str, Extraction]]) -> Extraction:
    """The article of the first part, with the texts of the others after its own.

    others: URL and extraction of each further part, in order. Paragraphs at a part's beginning or end that repeat ones
    of the parts before (a lead, a signature) are left out. The result is partial if a part gave no text, or links to a
    part that is missing here. All fields except the text are the first part's.
    """
    if first.article is None:
        return first
    paragraphs = first.article.text.split("\n\n")
    named = {url_key(url) for each in (first, *(extraction for _, extraction in others)) for url in each.parts}
    read = set()
    for url, extraction in others:
        if extraction.article is not None:
            read.add(url_key(url))
            paragraphs += _without_repeats(extraction.article.text.split("\n\n"), frozenset(paragraphs))
    evidence = first.evidence
    if read:
        evidence = {**evidence, "text": f"{evidence.get('text', '')}; with {len(read)} further pages".lstrip("; ")}
    article = replace(first.article, text="\n\n".join(paragraphs))
    return replace(first, article=article, evidence=evidence, partial="wall" in first.evidence or not named <= read)


def _without_repeats(paragraphs: list[str], before: frozenset[str]) -> list[str]:
    """The paragraphs without those at both ends that are in the parts before."""
    start, end = 0, len(paragraphs)
    while start < end and paragraphs[start] in before:
        start += 1
    while end > start and paragraphs[end - 1] in before:
        end -= 1
    return paragraphs[start:end]
