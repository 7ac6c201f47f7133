"""Find the container of the body: the DOM path whose elements hold the voted text and little else."""

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

LEAST_PAGES = 3  # fewest pages of a template
MOST_TEMPLATES = 6
# Least share of pages that have a class or id which is kept in paths. Around the container, where themes print classes
# for each category and tag, all three shares are tried and the best scoring one is kept. Inside it, names of rare
# boxes are kept too.
AROUND = (0.9, 0.6, 0.3)
WITHIN = 0.1
LASTING = 0.4  # least share of named elements with a name that nearly all pages have; below it, builds change names
LEAST_FIT = 0.5  # least score of the container on a page of its template, as a share of the page's best score
_WRAPPED = 0.8  # share of the elements at a path that hold one paragraph each
# Recall: at most _PART for a choice that may be a part of the body; the whole has _MORE than the part on the mean, and
# _NEARLY_ALL on most pages.
_PART, _MORE, _NEARLY_ALL = 0.85, 0.1, 0.75
_MOST = 0.8  # share of the pages that counts as most
_SHOWN, _AS_FIT = 0.9, 0.8  # the whole's least number of pages and score, as shares of the part's
_OTHER_KINDS = 0.03  # least share of the body's letters in elements of other kinds
LEAST_RECALL = 0.6  # least mean recall of a container, over the pages that have its path


@dataclass(slots=True)
class PathedView:
    """A page view with the DOM path of each block. fresh: for each block, whether the line is this page's own.

    Repeated lines are not fresh. Any other long line is fresh on one page only, the page that shows it earliest.
    """

    view: PageView
    paths: Paths
    block_paths: list[str]
    fresh: list[bool]


def count_names(views: Sequence[PageView]) -> Counter[str]:
    """Count the pages on which each class and id occurs."""
    counts: Counter[str] = Counter()
    for view in views:
        counts.update({name for element in view.page.tree.iter("*") for name in names_in(element)})
    return counts


def shared(counts: Counter[str], least: float) -> frozenset[str]:
    """The names that occur on at least `least` pages, and on at least two."""
    return frozenset(name for name, count in counts.items() if count >= max(2, least))


def _inner_names(views: Sequence[PageView]) -> frozenset[str]:
    """The names to keep in paths inside the container; on sites whose builds change most names, the lasting few."""
    counts = count_names(views)
    lasting = shared(counts, AROUND[0] * len(views))
    named = [names for view in views for element in view.page.tree.iter("*") if (names := names_in(element))]
    kept = sum(1 for names in named if not lasting.isdisjoint(names))
    return lasting if kept < LASTING * len(named) else shared(counts, WITHIN * len(views))


def learn_templates(views: Sequence[PageView], repeated: frozenset[str]) -> list[tuple[Template, list[PathedView]]]:
    """The templates of the pages, each with its pages. At each step the best container over the pages left is chosen.

    The templates have neither body and furniture paths nor field paths yet.
    """
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
    """Whether nearly every container element holds exactly one block."""
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
    """Choose the best container, with paths made of these names: its score, the template, and the pages it fits."""
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
    """Map each line key to the id of the page that shows the line earliest: other pages may append that article."""
    owners: dict[str, tuple[int, int]] = {}
    for view in views:
        for place, key in enumerate(view.keys):
            if key not in owners or place < owners[key][0]:
                owners[key] = (place, id(view))
    return {key: owner for key, (_, owner) in owners.items()}


def _scores(pathed: PathedView) -> dict[tuple[str, Which], tuple[float, float]]:
    """Score each choice of container elements (path, which) on a page: its F0.5 and its recall of voted letters.

    Of several elements at a path, the choices are: the first; the one with most letters; "all", the first and its
    siblings, unless one of them is itself a paragraph; and "every", all at the path, unless they also stand beside
    other text in their branches. Precision counts twice as much as recall: text outside the container may still be
    found as a lead or without the template, while a container that is too large adds the page's columns to the text.
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
        # A paragraph is no container: of two paragraphs only the longest would be kept.
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
            # "first" gets a bonus over "most": further articles and boxes follow the text and may be longer.
            trust = 1.25 if which == "first" else 1.2
            right = sum(body[each] for each in chosen)
            scores[path, which] = (trust * right / (size + 0.25 * total), right / total)
    return scores


def _are_alone(elements: Sequence[HtmlElement], letters: Mapping[HtmlElement, float]) -> bool:
    """Whether each element holds all letters of its branch, which is the child of the elements' common ancestor.

    The branch of a further article has a headline too, so its element is not alone.
    """
    around = set.intersection(*({*each.iterancestors()} for each in elements))
    for element in elements:
        branch = next((each for each in (element, *element.iterancestors()) if each.getparent() in around), element)
        if letters[branch] != letters[element]:
            return False
    return True


def _weight(block: TextBlock, votes: int) -> float:
    """The weight of a block as text, from 0 to 1: the squared share of votes, where prose counts as one more vote."""
    prose = len(block.text.split()) >= SENTENCE and block.linked < 0.3
    return ((votes + prose) / (READERS + 1)) ** 2


def _best(scores: Sequence[dict[tuple[str, Which], tuple[float, float]]]) -> tuple[str, Which] | None:
    """The choice with the highest score over all pages; of equal ones the longer path, then "first", "most", "all".

    Choices with a mean recall below LEAST_RECALL are passed over unless all are below it: one paragraph is precise.
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
    """The choice that holds the whole text, where the best one is a single element that holds a part of the text.

    It is "every" element of the path, or an element around them where parts with other paths stand between them.
    Extractors tend to return the largest part alone, so the whole scores lower. The evidence for it is that it holds
    nearly all voted letters on most pages.
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
    """The value that 80% of the values reach: some pages may be of another kind."""
    return sorted(values)[int((1 - _MOST) * len(values))]
