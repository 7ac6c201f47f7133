"""Pairs of versions with the classes of their edit, made from the invented articles of a set or read from JSONL."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

_SLOT = re.compile(r"\{(\w+):(.*?)=>(.*?)\}")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Text:
    """A version: headline and paragraphs."""

    title: str
    paragraphs: tuple[str, ...]

    def as_version(self) -> dict[str, str]:
        return {"title": self.title, "text": "\n\n".join(self.paragraphs)}


@dataclass(frozen=True)
class LabelledEdit:
    """wanted: the class of the edit. also: classes that are true of it, too."""

    before: dict[str, str]
    after: dict[str, str]
    wanted: str
    what: str
    also: frozenset[str] = frozenset()

    def is_right(self, given: list[str]) -> bool:
        """Whether the class is among those given, and at most one other is."""
        return self.wanted in given and len(given) <= 2


@dataclass(frozen=True)
class Article:
    headlines: tuple[str, str]
    paragraphs: tuple[str, ...]
    added: tuple[str, ...]
    notes: tuple[str, ...]
    boilerplate: tuple[str, ...]
    other: tuple[str, ...]


def made_edits(name: str, *, seed: int = 1) -> list[LabelledEdit]:
    """The edits of a set, "developed" or "held_out": each slot alone, and each structural edit once an article."""
    chance = random.Random(seed)
    return [edit for article in _articles(name) for edit in _edits(article, chance)]


def read_edits(path: Path) -> list[LabelledEdit]:
    """Edits in JSONL: before, after {title, text}, class, what."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [LabelledEdit(row["before"], row["after"], row["class"], str(row["what"])) for row in rows]


def _articles(name: str) -> Iterator[Article]:
    for block in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        marked = {mark: tuple(line[2:] for line in lines if line[0] == mark) for mark in "#+!~="}
        first, second = marked["#"][0].split(" | ")
        plain = tuple(line for line in lines if line[0] not in "#+!~=")
        yield Article((first, second), plain, marked["+"], marked["!"], marked["~"], marked["="])


def _filled(paragraph: str, chosen: int | None = None, offset: int = 0) -> str:
    """The paragraph with the old words in its slots, and the new ones in the slot that is chosen."""
    count = iter(range(offset, offset + 100))
    return _SLOT.sub(lambda match: match.group(3 if next(count) == chosen else 2), paragraph)


def _with_slot(article: Article, chosen: int | None) -> Text:
    paragraphs = []
    offset = 0
    for paragraph in article.paragraphs:
        paragraphs.append(_filled(paragraph, chosen, offset))
        offset += len(_SLOT.findall(paragraph))
    return Text(article.headlines[0], tuple(paragraphs))


def _edits(article: Article, chance: random.Random) -> Iterator[LabelledEdit]:
    plain = _with_slot(article, None)

    def edit(after: Text, wanted: str, what: str, before: Text = plain, also: str | None = None) -> LabelledEdit:
        others = {also} if also else set()
        if wanted != "headline" and before.title != after.title:
            others.add("headline")
        return LabelledEdit(before.as_version(), after.as_version(), wanted, what, frozenset(others))

    slots = [slot for paragraph in article.paragraphs for slot in _SLOT.findall(paragraph)]
    for number, (wanted, old, new) in enumerate(slots):
        yield edit(_with_slot(article, number), wanted, f"{old} → {new}")
    yield edit(replace(plain, title=article.headlines[1]), "headline", article.headlines[1])
    place = chance.randrange(1, len(plain.paragraphs) + 1)
    longer = _inserted(plain, place, article.added[0])
    yield edit(longer, "paragraph added", article.added[0])
    yield edit(plain, "paragraph removed", article.added[0], before=longer)
    note, corrected = article.notes[0].split(" @")
    fitting = [number for number, slot in enumerate(slots) if slot[0] == corrected]
    mended = _with_slot(article, chance.choice(fitting))
    place = chance.choice((0, len(mended.paragraphs)))
    yield edit(_inserted(mended, place, note), "correction", note, also=corrected)
    line = article.boilerplate[0]
    yield edit(_inserted(plain, chance.randrange(1, len(plain.paragraphs) + 1), line), "boilerplate", line)
    run_in = (*plain.paragraphs[:-1], f"{plain.paragraphs[-1]} {line}")
    yield edit(replace(plain, paragraphs=run_in), "boilerplate", f"… {line}")
    order = list(plain.paragraphs)
    moved = order.pop(chance.randrange(1, len(order)))
    order.insert(0 if chance.random() < 0.3 else 1 if order[1:] and moved != plain.paragraphs[1] else len(order), moved)
    yield edit(replace(plain, paragraphs=tuple(order)), "reorder", moved[:40])
    yield edit(Text(article.headlines[chance.randrange(2)], article.other), "rewrite", "all paragraphs")
    yield _mistyped(plain, chance)


def _mistyped(plain: Text, chance: random.Random) -> LabelledEdit:
    """A letter of a word was dropped, doubled or swapped at first, and mended."""
    long = [
        (place, number)
        for place, paragraph in enumerate(plain.paragraphs)
        for number, word in enumerate(paragraph.split(" "))
        if word.isalpha() and len(word) >= 6
    ]
    place, number = chance.choice(long)
    words = plain.paragraphs[place].split(" ")
    word = words[number]
    letter = chance.randrange(2, len(word) - 2)
    how = chance.choice(("dropped", "doubled", "swapped"))
    wrong = {
        "dropped": word[:letter] + word[letter + 1 :],
        "doubled": word[:letter] + word[letter] + word[letter:],
        "swapped": word[:letter] + word[letter + 1] + word[letter] + word[letter + 2 :],
    }[how]
    words[number] = wrong
    paragraphs = list(plain.paragraphs)
    paragraphs[place] = " ".join(words)
    before = Text(plain.title, tuple(paragraphs))
    return LabelledEdit(before.as_version(), plain.as_version(), "spelling", f"{wrong} → {word}")


def _inserted(text: Text, place: int, paragraph: str) -> Text:
    return replace(text, paragraphs=(*text.paragraphs[:place], paragraph, *text.paragraphs[place:]))
