"""Other words for a page's furniture: invented ones of the same number and length, the same for the same phrase."""

from collections.abc import Iterable
from hashlib import sha256

from lxml import html

from tests.benchmarks.engines.corpora import Gold

_LETTERS = "ابتجحدرزسشصطعفقكلمنهوي"
_MOST_WORDS = 7  # longer strings are headlines and comments, whose words say nothing of what they are


def bare_text(text: str | None) -> str:
    """A text node without the white space and colons around it."""
    return (text or "").strip(" :\n\t")


def reworded_lines(gold: Gold, page: str, *, keep: Iterable[str] = ()) -> dict[str, str]:
    """The labels among the texts that must not be extracted, each with invented words.

    Left alone: what is no text node of the page by itself, holds a number (dates), a name of the gold, or many words; and what
    keep says, such as names that are furniture of one page of the site and a field of another.
    """
    nodes = {bare_text(text) for text in html.document_fromstring(page).find("body").itertext()}
    names = [*keep, *gold.authors, *gold.categories, *gold.tags, *filter(None, (gold.agency, gold.section))]
    return {
        line: " ".join(_word(word) for word in line.split())
        for line in gold.must_not_contain
        if line in nodes
        and len(line.split()) <= _MOST_WORDS
        and not any(letter.isdigit() for letter in line)
        and not any(name in line for name in names)
    }


def _word(word: str) -> str:
    core = word.strip(":«»؟،.")
    digest = sha256(core.encode()).digest()
    invented = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[: max(2, min(len(core), 12))])
    return word.replace(core, invented) if core else word
