"""Where the body stands: the path whose elements hold what readers take for text, and little else."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from crawler.html.blocks import TextBlock
from crawler.learning.page_views import READERS, PageView
from crawler.profile.paths import Paths, names_in, prefixes
from crawler.profile.template import LEAST, Template

LEAST_PAGES = 3  # that make a template
MOST_TEMPLATES = 6
# Shares of the pages that bear a name of a path. Around the body, where themes print a name of each category and tag,
# the share is chosen that finds the body best; within it, names of rare boxes count.
AROUND = (0.9, 0.6, 0.3)
WITHIN = 0.1
LEAST_FIT = 0.5  # F1 of a container on a page that belongs to its template
_UNIFORM = 0.5  # share of a path's blocks that decide for all
_PROSE = 120  # letters of a line that is text unless most pages repeat it
_SENTENCE = 7  # words of one that ends as sentences do
LEAST_LETTERS = 2  # of a line that may be furniture; tables repeat numbers


@dataclass(slots=True)
class PathVotes:
    """What is known of all blocks at one path below a container: how many, and how many of them are what."""

    blocks: int = 0
    letters: int = 0
    body: float = 0.0  # letters, weighted by votes
    linked: float = 0.0  # letters in links
    repeated: int = 0  # letters of lines that recur on other pages
    captions: int = 0  # letters of lines beside a picture in an element of their own
    pages: set[int] = field(default_factory=set)


@dataclass(slots=True)
class PathedView:
    """A page view with the path of each block; fresh: whether the line is this page's own."""

    view: PageView
    paths: Paths
    block_paths: list[str]
    fresh: list[bool]


def count_names(views: Sequence[PageView]) -> Counter[str]:
    """The number of pages that bear each class and id."""
    counts: Counter[str] = Counter()
    for view in views:
        counts.update({name for element in view.page.tree.iter("*") for name in names_in(element)})
    return counts


def shared(counts: Counter[str], least: float) -> frozenset[str]:
    """The names that stand on two pages at least, and on that many of them."""
    return frozenset(name for name, count in counts.items() if count >= max(2, least))


def repeated_lines(views: Sequence[PageView]) -> frozenset[str]:
    """The keys of lines that recur on many pages: a fifth of all and three at least, two of fewer than five.

    Sentences count only where half of the pages have them: the background of a running story is repeated, too.
    """
    counts: Counter[str] = Counter()
    for view in views:
        counts.update({key for key in view.keys if sum(map(str.isalpha, key)) >= LEAST_LETTERS})
    least = max(2 if len(views) < 5 else 3, 0.2 * len(views))
    most = max(least, 0.5 * len(views))
    return frozenset(key for key, count in counts.items() if count >= (most if _is_sentence(key) else least))


def _is_sentence(key: str) -> bool:
    return len(key) >= _PROSE or (len(key.split()) >= _SENTENCE and key.endswith((".", "؟", "!", "»", '"', ":")))


def learn_templates(views: Sequence[PageView], repeated: frozenset[str]) -> list[tuple[Template, list[PathedView]]]:
    """The templates of the pages, that with most pages first, each with its pages."""
    owners = _owners(views)
    left = list(views)
    learned: list[tuple[Template, list[PathedView]]] = []
    while len(left) >= LEAST_PAGES and len(learned) < MOST_TEMPLATES:
        bearers = count_names(left)
        choices = [_choose(left, shared(bearers, share * len(left)), owners, repeated) for share in AROUND]
        _, names, container, members = max(choices, key=lambda choice: choice[0])
        if len(members) < LEAST_PAGES:
            break
        inner = shared(count_names([each.view for each in members]), WITHIN * len(members))
        learned.append((_template(members, names, inner, container), members))
        known = {id(each.view) for each in members}
        left = [view for view in left if id(view) not in known]
    return learned


def _choose(
    views: Sequence[PageView], names: frozenset[str], owners: Mapping[str, int], repeated: frozenset[str]
) -> tuple[float, frozenset[str], str, list[PathedView]]:
    """The best container over paths of these names: its score, the names, its path, and the pages that have it."""
    pathed = [_pathed(view, names, owners, repeated) for view in views]
    scores = [_scores(each) for each in pathed]
    container = _best(scores)
    if container is None:
        return 0.0, names, "", []
    fits = [score.get(container, 0.0) for score in scores]
    members = [each for each, value in zip(pathed, fits, strict=True) if value >= LEAST_FIT]
    return round(sum(fits), 3), names, container, members


def _pathed(view: PageView, names: frozenset[str], owners: Mapping[str, int], repeated: frozenset[str]) -> PathedView:
    paths = Paths(names)
    block_paths = [paths.of(block.owner) if block.owner is not None else "" for block in view.blocks]
    fresh = [key not in repeated and (len(key) < LEAST or owners[key] == id(view)) for key in view.keys]
    return PathedView(view, paths, block_paths, fresh)


def _owners(views: Sequence[PageView]) -> dict[str, int]:
    """The page that each line belongs to, by its id: where it stands first. Pages append the next article."""
    owners: dict[str, tuple[int, int]] = {}
    for view in views:
        for place, key in enumerate(view.keys):
            if key not in owners or place < owners[key][0]:
                owners[key] = (place, id(view))
    return {key: owner for key, (_, owner) in owners.items()}


def _scores(pathed: PathedView) -> dict[str, float]:
    """F1 by path: how well its first element on the page holds the letters of the body, and no others."""
    body: dict[HtmlElement, float] = defaultdict(float)
    prose: dict[HtmlElement, float] = defaultdict(float)
    total = 0.0
    for block, votes, fresh in zip(pathed.view.blocks, pathed.view.votes, pathed.fresh, strict=True):
        if block.owner is None or not fresh:
            continue
        letters = len(block.text) * (1 - block.linked)
        voted = letters * _weight(block, votes)
        total += voted
        for holder in (block.owner, *block.owner.iterancestors()):
            body[holder] += voted
            prose[holder] += letters
    scores: dict[str, float] = {}
    for element, voted in body.items():  # in document order of their first block
        path = pathed.paths.of(element)
        if path and prose[element] >= LEAST and path not in scores:
            scores[path] = 2 * voted / (prose[element] + total) if total else 0.0
    return scores


def _weight(block: TextBlock, votes: int) -> float:
    """How sure it is that a line is text: a line that one reader alone takes for text hardly counts."""
    prose = len(block.text.split()) >= _SENTENCE and block.linked < 0.3
    return ((votes + prose) / (READERS + 1)) ** 2


def _best(scores: Sequence[dict[str, float]]) -> str | None:
    """The path that holds the body best, over all pages; of equal ones the inner."""
    sums: dict[str, float] = defaultdict(float)
    for page in scores:
        for path, score in page.items():
            sums[path] += score
    return max(sums, key=lambda path: (round(sums[path], 6), len(path)), default=None)


def _template(members: list[PathedView], names: frozenset[str], inner: frozenset[str], container: str) -> Template:
    template = Template(pages=len(members), names=names, inner=inner, container=container)
    choices = [template, replace(template, first=False)]
    template = max(choices, key=lambda choice: sum(_held(each, choice) for each in members))
    votes, outside = _count(members, template)
    body = frozenset(path for path, each in votes.items() if each.body >= _UNIFORM * each.letters and _is_text(each))
    furniture = _furniture(votes, len(members))
    leads = tuple(sorted(path for path, each in outside.items() if _is_lead(each, len(members))))
    return replace(template, body=body - furniture, furniture=furniture, leads=leads)


def _held(pathed: PathedView, template: Template) -> float:
    """The letters of the body that a template's container holds on a page."""
    element = template.container_of(pathed.view.page.tree, pathed.paths)
    if element is None:
        return 0.0
    held = set(element.iter("*"))
    return sum(
        len(block.text) * votes
        for block, votes, fresh in zip(pathed.view.blocks, pathed.view.votes, pathed.fresh, strict=True)
        if fresh and block.owner in held
    )


def _count(members: list[PathedView], template: Template) -> tuple[dict[str, PathVotes], dict[str, PathVotes]]:
    """What is known of the blocks below the container, by their path in it; and of those before it, by full path."""
    inside: dict[str, PathVotes] = defaultdict(PathVotes)
    before: dict[str, PathVotes] = defaultdict(PathVotes)
    for number, pathed in enumerate(members):
        element = template.container_of(pathed.view.page.tree, pathed.paths)
        if element is None:
            continue
        held, within = set(element.iter("*")), Paths(template.inner, element)
        entered = False
        for place, block in enumerate(pathed.view.blocks):
            if block.owner is not None and block.owner in held:
                entered = True
                _add(inside[within.of(block.owner)], pathed, place, number)
            elif not entered:
                _add(before[pathed.block_paths[place]], pathed, place, number)
    return inside, before


def _add(votes: PathVotes, pathed: PathedView, place: int, number: int) -> None:
    block = pathed.view.blocks[place]
    letters = len(block.text)
    votes.blocks += 1
    votes.letters += letters
    votes.linked += letters * block.linked
    votes.pages.add(number)
    if not pathed.fresh[place]:
        votes.repeated += letters
    else:
        votes.body += letters * pathed.view.votes[place] / READERS
    if _is_beside_picture(block):
        votes.captions += letters


def _is_beside_picture(block: TextBlock) -> bool:
    """Whether it is all text of a small element that also holds a picture."""
    if block.owner is None or len(block.text) > 300:
        return False
    holder = block.owner
    for _ in range(2):
        if holder.tag not in ("p", "li") and next(holder.iter("img", "picture"), None) is not None:
            return len("".join(holder.itertext()).strip()) <= len(block.text) + 20
        parent = holder.getparent()
        if parent is None:
            return False
        holder = parent
    return False


def _is_text(votes: PathVotes) -> bool:
    return votes.linked < _UNIFORM * votes.letters and votes.captions < _UNIFORM * votes.letters


def _furniture(votes: dict[str, PathVotes], pages: int) -> frozenset[str]:
    """The outermost paths whose blocks are mostly links, repeated lines, captions, or text to hardly any reader."""
    sums: dict[str, PathVotes] = defaultdict(PathVotes)
    for path, each in votes.items():
        for prefix in {path, *prefixes(path)}:
            total = sums[prefix]
            total.blocks += each.blocks
            total.letters += each.letters
            total.body += each.body
            total.linked += each.linked
            total.repeated += each.repeated
            total.captions += each.captions
            total.pages |= each.pages
    chosen = {path for path, each in sums.items() if path and _is_furniture(each, pages)}
    return frozenset(path for path in chosen if not any(outer in chosen for outer in prefixes(path) if outer != path))


def _is_furniture(votes: PathVotes, pages: int) -> bool:
    if len(votes.pages) < min(2, pages) or votes.blocks < LEAST_PAGES:
        return False
    if votes.linked >= 0.7 * votes.letters or votes.captions >= 0.7 * votes.letters:
        return True
    if votes.repeated >= 0.8 * votes.letters:
        return True
    return votes.body <= 0.25 * (votes.letters - votes.repeated)


def _is_lead(votes: PathVotes, pages: int) -> bool:
    """Whether most readers take the blocks before the container for text: one a page, on many pages."""
    return (
        len(votes.pages) >= max(2, 0.3 * pages)
        and votes.blocks <= 1.5 * len(votes.pages)
        and votes.body >= 0.6 * votes.letters
        and votes.letters >= LEAST * votes.blocks
    )
