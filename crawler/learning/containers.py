"""Where the body stands: the path whose elements hold what readers take for text, and little else."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from lxml.html import HtmlElement

from crawler.html.blocks import TextBlock
from crawler.learning.line_kinds import SENTENCE
from crawler.learning.page_views import READERS, PageView
from crawler.profile.paths import Paths, names_in, prefixes
from crawler.profile.template import LEAST, Template, Which

LEAST_PAGES = 3  # that make a template
MOST_TEMPLATES = 6
# Shares of the pages that bear a name of a path. Around the body, where themes print a name of each category and tag,
# the share is chosen that finds the body best; within it, names of rare boxes count.
AROUND = (0.9, 0.6, 0.3)
WITHIN = 0.1
LASTING = 0.4  # share of a page's named elements that bear a name of nearly all pages; else names change between builds
LEAST_FIT = 0.5  # of the best score on a page: that of the container of its template
_WRAPPED = 0.8  # share of the elements at a path that hold one paragraph each
# Shares of a body's letters: what a part of it holds at most, the whole more than that, and at least on most pages.
_PART, _MORE, _NEARLY_ALL = 0.85, 0.1, 0.75
_MOST = 0.8  # of the pages
_SHOWN, _AS_FIT = 0.9, 0.8  # of the pages and of the score of the part
_OTHER_KINDS = 0.03  # of a body's letters, that stand in elements of other kinds
LEAST_RECALL = 0.6  # of a body's letters, on the mean of the pages that have a path


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


def _inner_names(views: Sequence[PageView]) -> frozenset[str]:
    """The names of paths within the container; the few that stay, of a site whose names change with each build."""
    counts = count_names(views)
    lasting = shared(counts, AROUND[0] * len(views))
    named = [names for view in views for element in view.page.tree.iter("*") if (names := names_in(element))]
    kept = sum(1 for names in named if not lasting.isdisjoint(names))
    return lasting if kept < LASTING * len(named) else shared(counts, WITHIN * len(views))


def learn_templates(views: Sequence[PageView], repeated: frozenset[str]) -> list[tuple[Template, list[PathedView]]]:
    """The templates of the pages, that with most pages first, each with its pages; what their parts are is not told."""
    owners = _owners(views)
    left = list(views)
    learned: list[tuple[Template, list[PathedView]]] = []
    while len(left) >= LEAST_PAGES and len(learned) < MOST_TEMPLATES:
        bearers = count_names(left)
        choices = [_choose(left, shared(bearers, share * len(left)), owners, repeated) for share in AROUND]
        _, template, members = max(choices, key=lambda choice: choice[0])
        if len(members) < LEAST_PAGES:
            break
        inner = _inner_names([each.view for each in members])
        which: Which = "span" if template.which == "all" and _is_wrapped(template, members) else template.which
        learned.append((replace(template, inner=inner, which=which), members))
        known = {id(each.view) for each in members}
        left = [view for view in left if id(view) not in known]
    return learned


def _is_wrapped(template: Template, members: Sequence[PathedView]) -> bool:
    """Whether nearly each of the elements that hold a body holds one paragraph."""
    parts: Counter[HtmlElement] = Counter()
    for pathed in members:
        elements = set(template.containers_of(pathed.view.page.tree, pathed.paths))
        for block in pathed.view.blocks:
            if block.owner is not None:
                parts.update(elements.intersection((block.owner, *block.owner.iterancestors())))
    return sum(count == 1 for count in parts.values()) >= _WRAPPED * len(parts)


def _choose(
    views: Sequence[PageView], names: frozenset[str], owners: Mapping[str, int], repeated: frozenset[str]
) -> tuple[float, Template, list[PathedView]]:
    """The best container over paths of these names: its score, the template, and the pages that have it."""
    pathed = [_pathed(view, names, owners, repeated) for view in views]
    scores = [_scores(each) for each in pathed]
    best = _best(scores)
    if best is None:
        return 0.0, Template(0, names, frozenset(), ""), []
    fits = [score.get(best, (0.0, 0.0))[0] for score in scores]
    members = [
        each
        for each, score, value in zip(pathed, scores, fits, strict=True)
        if value and value >= LEAST_FIT * max(each for each, _ in score.values())
    ]
    container, which = best
    return round(sum(fits), 3), Template(len(members), names, frozenset(), container, which), members


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


def _scores(pathed: PathedView) -> dict[tuple[str, Which], tuple[float, float]]:
    """F0.5 and recall by path: how well its elements on the page hold the letters of the body, and no others.

    Of several elements at a path the first counts, the one with most letters, or the first and those beside it where
    none of them is itself a paragraph; or every one, where each stands alone in its branch.
    Precision counts twice as much as recall: what stands outside of the container is found as a lead, or read by the
    page alone; a container that is too large lets the page's columns in.
    """
    body: dict[HtmlElement, float] = defaultdict(float)
    letters: dict[HtmlElement, float] = defaultdict(float)
    owners = {block.owner for block in pathed.view.blocks}
    total = 0.0
    for block, votes, fresh in zip(pathed.view.blocks, pathed.view.votes, pathed.fresh, strict=True):
        if block.owner is None:
            continue
        voted = len(block.text) * (1 - block.linked) * _weight(block, votes) if fresh else 0.0
        total += voted
        for holder in (block.owner, *block.owner.iterancestors()):
            body[holder] += voted
            letters[holder] += len(block.text)
    by_path: dict[str, list[HtmlElement]] = defaultdict(list)
    short: dict[str, list[HtmlElement]] = defaultdict(list)
    for element in body:  # in document order of their first block
        # A paragraph is no container: the longest of two would be, and the other one be lost.
        if element.tag != "p" and (path := pathed.paths.of(element)):
            (by_path if letters[element] >= LEAST else short)[path].append(element)
    scores: dict[tuple[str, Which], tuple[float, float]] = {}
    for path, elements in by_path.items() if total else ():
        first, most = elements[0], max(elements, key=lambda element: letters[element])
        beside = [each for each in elements if each.getparent() is first.getparent()]
        choices: dict[Which, list[HtmlElement]] = {"first": [first], "most": [most]}
        if not owners.intersection(beside):
            choices["all"] = beside
            if len(elements) == len(beside) or _are_alone(elements, letters):
                choices["every"] = [*elements, *short[path]]
        for which, chosen in choices.items():
            size = sum(letters[each] for each in chosen)
            # The first needs less to be right by chance: pages append further articles, and repeat boxes.
            trust = 1.25 if which == "first" else 1.2
            right = sum(body[each] for each in chosen)
            scores[path, which] = (trust * right / (size + 0.25 * total), right / total)
    return scores


def _are_alone(elements: Sequence[HtmlElement], letters: Mapping[HtmlElement, float]) -> bool:
    """Whether each of several elements is all that its branch of the element around them shows.

    A further article of a page has a headline in its branch, too.
    """
    around = set.intersection(*({*each.iterancestors()} for each in elements))
    for element in elements:
        branch = next((each for each in (element, *element.iterancestors()) if each.getparent() in around), element)
        if letters[branch] != letters[element]:
            return False
    return True


def _weight(block: TextBlock, votes: int) -> float:
    """How sure it is that a line is text: a line that one reader alone takes for text hardly counts."""
    prose = len(block.text.split()) >= SENTENCE and block.linked < 0.3
    return ((votes + prose) / (READERS + 1)) ** 2


def _best(scores: Sequence[dict[tuple[str, Which], tuple[float, float]]]) -> tuple[str, Which] | None:
    """The path that holds the body best, over all pages; of equal ones the inner, and of its elements the first.

    A path that holds hardly more than a paragraph of each body is none, however precise, unless no path holds more.
    """
    sums: dict[tuple[str, Which], float] = defaultdict(float)
    recalls: defaultdict[tuple[str, Which], list[float]] = defaultdict(list)
    for page in scores:
        for choice, (score, recall) in page.items():
            sums[choice] += score
            recalls[choice].append(recall)
    order: tuple[Which, ...] = ("all", "most", "first")
    complete = [each for each, values in recalls.items() if sum(values) >= LEAST_RECALL * len(values)]
    fitting = [each for each in complete or sums if each[1] != "every"]
    best = max(fitting, key=lambda each: (round(sums[each], 6), len(each[0]), order.index(each[1])), default=None)
    return None if best is None else _complete(best, sums, recalls)


def _complete(
    best: tuple[str, Which],
    sums: Mapping[tuple[str, Which], float],
    recalls: defaultdict[tuple[str, Which], list[float]],
) -> tuple[str, Which]:
    """The choice that holds the whole text where the best one holds a part of it, another share on each page.

    That is every element of its path, or the element around these where parts of other kinds stand between them.
    Readers tend to take the largest part alone for text, so that the whole fits less: what tells it is that it holds
    nearly all of the text on most pages.
    """
    path, which = best
    pages, share = len(recalls[best]), fmean(recalls[best])
    every: tuple[str, Which] = (path, "every")
    if which not in ("first", "most") or share > _PART:
        return best
    others: list[tuple[str, Which]] = [(each, "first") for each in prefixes(path) if each != path]
    complete = [
        each
        for each in (every, *others)
        if len(recalls[each]) >= _SHOWN * pages and sums[each] >= _AS_FIT * sums[best]
        if fmean(recalls[each]) >= share + _MORE and _of_most(recalls[each]) >= _NEARLY_ALL
    ]
    if every not in complete:
        return best
    around = complete[-1]
    return around if fmean(recalls[around]) >= fmean(recalls[every]) + _OTHER_KINDS else every


def _of_most(values: Sequence[float]) -> float:
    """What most of some values reach: a page may be of another kind."""
    return sorted(values)[int((1 - _MOST) * len(values))]
