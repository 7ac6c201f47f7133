"""What a page's article becomes when it is of a genre: new blocks, with the gold, and the parts that a build prints."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.prose import Writer
from tests.benchmarks.invented.stories import Block, Kind, Story


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a running story, a list or a talk. clock: when it was written; head, lines: its text."""

    head: str
    lines: tuple[str, ...]
    clock: str = ""


def scribe(page: Page) -> Writer:
    """Says sentences that no other article of the site has."""
    return Writer(page.writer.rules, page.random, said=page.outlet.writer.said)


def become(page: Page, blocks: Sequence[Block], **fields: object) -> None:
    """Change the page's article, with its gold. fields: others of the story."""
    stories = page.outlet.stories
    # Several lines are no one paragraph, where another page prints the article.
    told = [replace(each, kind="list") if each.kind == "p" and len(each.lines) > 1 else each for each in blocks]
    new: Story = replace(page.the, blocks=tuple(told), **fields)  # type: ignore[arg-type]
    stories[stories.index(page.the)] = new
    page.story = new


def _blocks(entries: Sequence[Entry], kind: Kind = "h") -> list[Block]:
    blocks = []
    for each in entries:
        blocks += [Block(kind, (each.head,))] if each.head else []
        blocks += [Block("p", (line,)) for line in each.lines]
    return blocks


def said(page: Page, writer: Writer, most: int = 3) -> str:
    """A paragraph of the article's topic."""
    topic = page.the.section.topic
    return " ".join(writer.sentence(f"s_{topic}", "s_any") for _ in range(page.random.randint(1, most)))


def live(page: Page, *, heads: float = 0.6) -> list[Entry]:
    """A running story: the first paragraph stays before the entries, the newest of which is first. heads: share."""
    writer = scribe(page)
    count = page.random.randint(4, 10)
    minutes = sorted(page.random.sample(range(1, 1439), count), reverse=True)
    entries = []
    for each in minutes:
        head = writer.sentence("flash") if page.chance(heads) else ""
        lines = tuple(said(page, writer, 2) for _ in range(page.random.choice((1, 1, 2))))
        entries.append(Entry(head, lines, page.out(f"{each // 60:02}:{each % 60:02}")))
    become(page, [*page.the.blocks[:1], *_blocks(entries)])
    return entries


def talk(page: Page, ask: str = "{}", answer: str = "{}") -> list[Entry]:
    """Questions and answers behind the first two paragraphs. ask, answer: how their first lines begin, with {}."""
    writer = scribe(page)
    entries = []
    for _ in range(page.random.randint(4, 9)):
        replies = [writer.sentence("reply", "s_any") for _ in range(page.random.randint(2, 5))]
        lines = [answer.format(" ".join(replies[:3])), *([" ".join(replies[3:])] if replies[3:] else [])]
        entries.append(Entry(ask.format(writer.sentence("question")), tuple(lines)))
    become(page, [*_opening(page, 2), *_blocks(entries, "p")])
    return entries


def _opening(page: Page, count: int) -> list[Block]:
    return [each for each in page.the.blocks if each.kind == "p"][:count]


def match(page: Page) -> tuple[list[str], list[tuple[str, str]], str]:
    """A match: paragraphs, the two line-ups (club, men), which are text, and the score, which a box above shows."""
    writer = scribe(page)
    clubs = writer.several("club", 2)
    lines = [*_opening(page, 2)[0].lines]
    lines += [" ".join(writer.sentence("goal", "s_sport") for _ in range(2)) for _ in range(page.random.randint(2, 5))]
    men = [(f"تشكيلة {club}", "، ".join(writer.several("he", 11))) for club in clubs]
    become(page, [Block("p", tuple(lines)), *(Block("p", pair) for pair in men)])
    return lines, men, page.out(f"{clubs[0]} {page.random.randint(0, 5)} - {page.random.randint(0, 5)} {clubs[1]}")


def figures(page: Page, head: str, rule: str, *, low: int, high: int) -> tuple[list[str], list[str], list[str]]:
    """Paragraphs, a table of rows (cells apart by "|") and a closing paragraph. head: the first row, with slots."""
    writer = scribe(page)
    first = [line for each in _opening(page, 2) for line in each.lines]
    columns = head.count("|")
    names = writer.several(rule, page.random.randint(5, 9))
    table = [
        writer.fill(head),
        *("|".join([name, *(str(page.random.randint(low, high)) for _ in range(columns))]) for name in names),
    ]
    last = [said(page, writer)]
    become(page, [Block("p", tuple(first)), Block("table", tuple(table)), Block("p", tuple(last))])
    return first, table, last


def picks(page: Page, number: str = "{n}. {}") -> tuple[list[str], list[Entry]]:
    """A list of things: paragraphs before it, and its numbered entries. number: how a heading begins, with {n}."""
    writer = scribe(page)
    first = [line for each in _opening(page, 1) for line in each.lines]
    entries = []
    for n in range(1, page.random.randint(5, 10)):
        lines = tuple(said(page, writer, 2) for _ in range(page.random.choice((1, 1, 2))))
        entries.append(Entry(number.format(writer.sentence("pick_head"), n=n), lines))
    become(page, [Block("p", tuple(first)), *_blocks(entries)])
    return first, entries


def explained(page: Page) -> tuple[list[str], list[Entry], list[str]]:
    """A long text: paragraphs, chapters with headings, footnotes; their numbers stand in the text."""
    writer = scribe(page)
    first = [line for each in _opening(page, 2) for line in each.lines]
    notes = [writer.sentence("foot") for _ in range(page.random.randint(2, 4))]
    entries = []
    for n in range(page.random.randint(4, 6)):
        lines = [said(page, writer) for _ in range(page.random.randint(2, 4))]
        if n < len(notes):
            lines[0] += f" [{n + 1}]"
        entries.append(Entry(writer.sentence("heading"), tuple(lines)))
    numbered = [f"{n}. {note}" for n, note in enumerate(notes, 1)]
    become(page, [Block("p", tuple(first)), *_blocks(entries), Block("list", tuple(numbered))])
    return first, entries, notes


def lines_of(page: Page, rule: str, low: int, high: int, *, keep: int = 1, kind: Kind = "p") -> list[str]:
    """So many lines of a rule behind the first paragraphs: a transcript, captions, points, chapters of a podcast."""
    writer = scribe(page)
    lines = [writer.sentence(rule) for _ in range(page.random.randint(low, high))]
    become(page, [*_opening(page, keep), Block(kind, tuple(lines))])
    return lines


def verses(page: Page) -> list[str]:
    """A poem: stanzas of four short lines, and nothing else."""
    writer = scribe(page)
    lines = [writer.sentence("hemi") for _ in range(4 * page.random.randint(3, 6))]
    become(page, [Block("p", tuple(lines))], agency=None, dateline=None)
    return lines


def translated(page: Page) -> str:
    """A text from abroad: its writer is the author; gives the translator's name, who is none."""
    become(page, page.the.blocks, authors=(page.writer.say("foreign"),))
    return page.out(page.writer.say("translator"))


def corrected(page: Page) -> str:
    """A note on what was mended, which ends the text."""
    note = scribe(page).sentence("fix")
    become(page, [*page.the.blocks, Block("p", (note,))])
    return note


def table_html(rows: Sequence[str], cell: str = "<td>{}</td>", row: str = "<tr>{}</tr>") -> str:
    """The rows of a table."""
    return "".join(row.format("".join(cell.format(escape(each)) for each in line.split("|"))) for line in rows)
