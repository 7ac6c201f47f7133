"""Classify each DOM path of a template as article text or furniture, by counts over the blocks of all its pages."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.dates.dateline import is_dateline
from crawler.extract.body.profiled import is_opening, is_signature
from crawler.html.spelling import comparable
from crawler.learning.containers import PathedView
from crawler.learning.line_kinds import (
    LEAST_LETTERS,
    SENTENCE,
    in_columns,
    is_sentence,
    is_under_picture,
    text_below,
    text_parts,
)
from crawler.learning.page_views import READERS
from crawler.profile.paths import Paths, prefixes
from crawler.profile.template import Template

LEAST_BLOCKS = 3  # fewest blocks of a path that is furniture
_UNIFORM = 0.5  # share of a path's letters that decides for the whole path
_PLACED = 0.6  # share of a path's letters in blocks that are text by their kind and place (`text_parts`)
_RUN = 3  # consecutive words in a run
# Tags whose lines are alike on many pages even where they are text: table heads, list items.
_ALIKE = ("td", "th", "li", "dt", "dd")
_LEAST_ALIKE = 0.45  # least `likeness` of furniture lines in which only a name or number changes
_MORE_ALIKE = 0.15  # how much it must exceed the likeness of the text
_LEAST_ECHO = 4  # fewest words of a line that counts as repeating a part of another line


_SUMS = (
    *("blocks", "letters", "body", "linked", "repeated", "captions", "echoed", "prose", "openings"),
    *("alike", "worded", "heading", "placed", "boxes", "labelled"),
)


@dataclass(slots=True)
class PathVotes:
    """Counts over all blocks at one path below a container, on all pages: the evidence for text or furniture."""

    blocks: int = 0
    letters: int = 0
    body: float = 0.0  # letters of fresh blocks, weighted by the share of extractors that vote for them
    linked: float = 0.0  # letters in links
    repeated: int = 0  # letters of lines that recur on other pages
    captions: int = 0  # letters of picture captions
    echoed: int = 0  # letters of lines that repeat a part of a longer line of the page
    prose: int = 0  # letters of lines as long as a sentence, datelines excluded
    openings: int = 0  # fresh blocks before the container that are complete sentences
    alike: float = 0.0  # letters in runs of words that other pages have too
    worded: int = 0  # letters of lines that have at least one run of words
    heading: int = 0  # letters of fresh headings above a fresh paragraph
    placed: int = 0  # letters of headings, quotations, list items and cells between paragraphs of the text
    boxes: int = 0  # elements that hold several blocks
    labelled: int = 0  # boxes that begin with a repeated line and hold no fresh sentence
    keys: Counter[str] = field(default_factory=Counter)  # line keys of lines with letters
    pages: set[int] = field(default_factory=set)  # numbers of the pages that have the path

    def add(self, other: "PathVotes") -> None:
        """Add the counts of another path."""
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.keys += other.keys
        self.pages |= other.pages

    @property
    def likeness(self) -> float:
        """The share of letters in runs of words that other pages have too."""
        return self.alike / self.worded if self.worded else 0.0


def described(template: Template, members: Sequence[PathedView]) -> Template:
    """Return the template with its `body`, `furniture`, `leads` and `signed`, learned from its pages."""
    votes, outside = _count(members, template)
    boxes = _labelled_boxes(votes)
    body = frozenset(
        path
        for path, each in votes.items()
        if each.letters and _is_taken(each) and _is_text(each) and boxes.isdisjoint(prefixes(path))
    )
    furniture = _furniture(votes, len(members)) | boxes
    count = len(members)
    leads = tuple(sorted(path for path, each in outside.items() if _is_lead(each, count) or _is_opening(each, count)))
    outer = frozenset(path for path in furniture if furniture.isdisjoint(set(prefixes(path)) - {path}))
    known = replace(template, body=body - furniture, furniture=outer, leads=leads)
    return replace(known, signed=_is_signed(known, members))


def _is_signed(template: Template, members: Sequence[PathedView]) -> bool:
    """Whether most texts end with a short line that is no sentence, such as an agency's initials or a number."""
    short = 0
    for pathed in members:
        elements = template.containers_of(pathed.view.page.tree, pathed.paths)
        paths = Paths(template.inner, template.inner_root(elements[-1]))
        within = set(elements[-1].iter("*"))
        owned = [(block, block.owner) for block in pathed.view.blocks if block.owner is not None]
        own = [block for block, owner in owned if owner in within and not template.is_furniture(paths.of(owner))]
        short += bool(own) and is_signature(own[-1], elements[-1])
    return short >= max(LEAST_BLOCKS, 0.6 * len(members))


def _count(members: Sequence[PathedView], template: Template) -> tuple[dict[str, PathVotes], dict[str, PathVotes]]:
    """Count the blocks in the container, by path below it, and the blocks before the container, by full path."""
    inside: dict[str, PathVotes] = defaultdict(PathVotes)
    before: dict[str, PathVotes] = defaultdict(PathVotes)
    bearers = _run_bearers(members)
    for number, pathed in enumerate(members):
        within = {
            inner: paths
            for element in template.containers_of(pathed.view.page.tree, pathed.paths)
            for paths in (Paths(template.inner, template.inner_root(element)),)
            for inner in element.iter("*")
        }
        _count_boxes(pathed, within, number, inside)
        parts = text_parts(pathed.view, pathed.fresh, within)
        lines = [comparable(block.text) for block in pathed.view.blocks]
        whole = "\n".join(lines)
        entered = not within
        for place, block in enumerate(pathed.view.blocks):
            if block.owner is not None and block.owner in within:
                entered = True
                votes = inside[within[block.owner].of(block.owner)]
                _add(votes, pathed, place, number)
                votes.placed += len(block.text) if place in parts else 0
                if block.owner.tag not in _ALIKE:
                    _compare(votes, lines[place], len(block.text), bearers)
                if len(lines[place].split()) >= _LEAST_ECHO and whole.count(lines[place]) > lines.count(lines[place]):
                    votes.echoed += len(block.text)
            elif not entered:
                votes = before[pathed.block_paths[place]]
                _add(votes, pathed, place, number)
                votes.openings += pathed.fresh[place] and is_opening(block)
    return inside, before


def _count_boxes(
    pathed: PathedView, within: Mapping[HtmlElement, Paths], number: int, inside: dict[str, PathVotes]
) -> None:
    """Count the boxes of a container, which are its elements with several blocks, and the labelled ones among them.

    Tables of several columns are not counted, because their heads recur without being furniture.
    """
    boxes: dict[HtmlElement, list[int]] = defaultdict(list)
    for place, block in enumerate(pathed.view.blocks):
        if block.owner is not None and block.owner in within and not in_columns(block.owner):
            for holder in takewhile(within.__contains__, (block.owner, *block.owner.iterancestors())):
                boxes[holder].append(place)
    for element, places in boxes.items():
        if len(places) > 1:
            votes = inside[within[element].of(element)]
            votes.boxes += 1
            votes.pages.add(number)
            lines = [pathed.view.blocks[place] for place in places if pathed.fresh[place]]
            votes.labelled += not pathed.fresh[places[0]] and not any(map(is_sentence, lines))


def _runs(line: str) -> set[tuple[str, ...]]:
    words = line.split()
    return {tuple(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)}


def _run_bearers(members: Sequence[PathedView]) -> Counter[tuple[str, ...]]:
    """Count the pages on which each run of words occurs."""
    counts: Counter[tuple[str, ...]] = Counter()
    for pathed in members:
        counts.update({run for block in pathed.view.blocks for run in _runs(comparable(block.text))})
    return counts


def _compare(votes: PathVotes, line: str, letters: int, bearers: Mapping[tuple[str, ...], int]) -> None:
    if runs := _runs(line):
        votes.worded += letters
        votes.alike += letters * sum(1 for run in runs if bearers[run] > 1) / len(runs)


def _add(votes: PathVotes, pathed: PathedView, place: int, number: int) -> None:
    block, key = pathed.view.blocks[place], pathed.view.keys[place]
    letters = len(block.text)
    votes.blocks += 1
    votes.letters += letters
    votes.linked += letters * block.linked
    votes.pages.add(number)
    if sum(map(str.isalpha, key)) >= LEAST_LETTERS and (block.owner is None or block.owner.tag not in _ALIKE):
        votes.keys[key] += 1
    if not pathed.fresh[place]:
        votes.repeated += letters
    else:
        votes.body += letters * pathed.view.votes[place] / READERS
        below = text_below(pathed.view, place)
        votes.heading += letters * (below is not None and pathed.fresh[below])
    if is_under_picture(block):
        votes.captions += letters
    if len(block.text.split()) >= SENTENCE and not is_dateline(block.text):
        votes.prose += letters


def _is_taken(votes: PathVotes) -> bool:
    """Whether the extractors' votes, or the blocks' kind and place between paragraphs, make most of a path text."""
    return votes.body >= _UNIFORM * votes.letters or votes.placed >= _PLACED * votes.letters


def _is_text(votes: PathVotes) -> bool:
    return all(each < _UNIFORM * votes.letters for each in (votes.linked, votes.captions, votes.echoed))


def _furniture(votes: dict[str, PathVotes], pages: int) -> frozenset[str]:
    """The paths whose blocks, with those of inner paths, are mostly links, captions, repeated or without votes."""
    sums: dict[str, PathVotes] = defaultdict(PathVotes)
    for path, each in votes.items():
        for prefix in {path, *prefixes(path)}:
            sums[prefix].add(each)
    main = max(votes.values(), key=lambda each: each.body, default=PathVotes())
    return frozenset(path for path, each in sums.items() if path and _is_furniture(each, main, pages))


def _labelled_boxes(votes: Mapping[str, PathVotes]) -> frozenset[str]:
    """The paths of boxes that begin with a repeated line, such as "in brief", and hold no sentence.

    Such a path holds at most 30% of the letters of the longest path.
    """
    most = 0.3 * max((each.letters for each in votes.values()), default=0)
    return frozenset(
        path
        for path, each in votes.items()
        if path and len(each.pages) >= 2 and each.labelled >= max(2, 0.8 * each.boxes)
        if sum(other.letters for inner, other in votes.items() if path in (inner, *prefixes(inner))) <= most
    )


def _is_furniture(votes: PathVotes, main: PathVotes, pages: int) -> bool:
    if len(votes.pages) < min(2, pages) or votes.blocks < LEAST_BLOCKS:
        return False
    if max(votes.linked, votes.captions, votes.echoed) >= 0.7 * votes.letters:
        return True
    if votes.repeated >= 0.8 * votes.letters or _is_of_site(votes, main):
        return True
    return max(votes.body, votes.placed) <= 0.25 * (votes.letters - votes.repeated)


def _is_of_site(votes: PathVotes, main: PathVotes) -> bool:
    """Whether the lines of a path are alike on all pages: labels, or invitations in which only a name changes.

    Articles about one day's events are alike too, so the lines must be more alike than the main text. Headings above
    paragraphs are excepted: articles may share the same few. main: the path with most text.
    """
    if votes.heading >= 0.7 * votes.letters:
        return False
    if votes.letters > 0.3 * main.letters or len(votes.pages) < LEAST_BLOCKS:
        return False
    labelled = votes.keys.total() >= LEAST_BLOCKS and len(votes.keys) <= 0.6 * votes.keys.total()
    if labelled and votes.keys.total() >= 0.8 * votes.blocks:
        return True
    return votes.worded >= 0.5 * votes.letters and votes.likeness >= max(_LEAST_ALIKE, main.likeness + _MORE_ALIKE)


def _is_lead(votes: PathVotes, pages: int) -> bool:
    """Whether a path before the container is a lead: prose that most extractors vote for, one block a page."""
    return (
        len(votes.pages) >= max(2, 0.3 * pages)
        and votes.blocks <= 1.5 * len(votes.pages)
        and votes.body >= 0.6 * votes.letters
        and votes.prose >= 0.8 * votes.letters
        and _is_text(votes)
    )


def _is_opening(votes: PathVotes, pages: int) -> bool:
    """Whether most pages show one complete sentence at this path before the container, whatever the votes."""
    return 0.6 * pages <= votes.openings <= 1.1 * pages and votes.linked <= 0.2 * votes.letters
