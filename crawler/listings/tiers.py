"""Tiers: find the lists that are parts of one listing, such as a lead card, picture cards, then bare titles.

Tiers stand directly beside each other, or continue with the next older articles, and only the first may have a label.
A list with its own label or in a column of its own is a box.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.listings.card_lists import Card, CardList
from crawler.listings.list_labels import branch_of, has_label_before
from crawler.listings.listing_furniture import DEEPEST

_LEAST_ORDERED = 3  # fewest cards whose order is evidence
_LEAST_KEPT = 5  # least number of cards of a continued list per card that is out of order
# A number that counts articles: between separators or letters ("/c6634o") and no year, or longer than in headlines.
_COUNTED = re.compile(r"(?<![^/=&.a-z])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{4,18}(?![^/&.#?a-z])|[0-9]{5,18}")
_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-/_.]([0-9]{1,2})[-/_.]([0-9]{1,2})(?![0-9])")
_LAST = re.compile(r"(?:^|[/=])([0-9]{1,3})/?$")  # short numbers, on a site with few articles
# Element to the list whose cards it holds; None where its cards are of several lists or of none.
Owners = dict[HtmlElement, CardList | None]


def owners_of(lists: list[CardList], cards: Iterable[Card]) -> Owners:
    """Map each element that is or holds a card to the list of its cards. cards: all cards of the page."""
    owners: Owners = {}
    of_list = {card: each for each in lists for card in each.cards}
    for card in cards:
        owner = of_list.get(card)
        for around in islice((card.holder, *card.holder.iterancestors()), DEEPEST):
            known = owners.setdefault(around, owner)
            if known is None:
                break
            if known is not owner:
                owners[around] = None
    return owners


def tiers_of(lists: list[CardList], labelled: set[CardList], owners: Owners) -> list[list[CardList]]:
    """Group all lists by tiers, in page order. A list with a label begins a group; one without joins a list beside it.

    Two lists are beside each other where their holders are the same, siblings, or parent and child; where their
    branches are siblings of the same tag and class with the same tags from card to headline, such as the lists of
    several days; or where the second list continues the first with older articles. A label between two lists separates
    them, unless both stand below it in one element.
    """
    joined = list(range(len(lists)))  # union-find: each list's number to an earlier one of its group, or to itself

    def first_of(number: int) -> int:
        while joined[number] != number:
            joined[number] = number = joined[joined[number]]
        return number

    def join(number: int, earlier: int) -> None:
        one, other = first_of(number), first_of(earlier)
        joined[max(one, other)] = min(one, other)

    numbers: dict[object, int] = {}  # key of `_surroundings` to the number of the first list there
    scopes: dict[HtmlElement | None, int] = {}  # element to the number of the last list below a label in it
    for number, each in enumerate(lists):
        branch = branch_of(each.cards[0].holder, owners)
        if each in labelled:
            numbers.pop(branch.getparent(), None)
            scopes.pop(branch.getparent(), None)
            if has_label_before(branch, owners):
                scopes[branch.getparent()] = number
            continue
        if branch.getparent() in scopes:
            join(number, scopes[branch.getparent()])
        for place in _surroundings(each, branch):
            join(number, numbers.setdefault(place, number))
        if number > 0 and goes_on(lists[number - 1], each):
            join(number, number - 1)
    groups: dict[int, list[CardList]] = {}
    for number, each in enumerate(lists):
        groups.setdefault(first_of(number), []).append(each)
    return list(groups.values())


def breaks_order(listed: CardList, other: CardList, cards: Iterable[Card]) -> bool:
    """Whether a list is ordered by the numbers or dates in its URLs, and the other list's cards break that order.

    A listing continues with older articles; a box of other articles does not. cards: all cards of the page, in page
    order. False where a URL has no number or date.
    """
    own, of_both = set(listed.cards), {*listed.cards, *other.cards}
    both = [card for card in cards if card in of_both]
    ages, step = _ages(both), _step(_ages(listed.cards))
    return step != 0 and any(
        (card in own) != (after in own) and (older - newer) * step < 0
        for card, after, newer, older in zip(both, both[1:], ages, ages[1:], strict=False)
    )


def goes_on(listed: CardList, other: CardList) -> bool:
    """Whether both lists begin with their newest article, and the other one, further down, continues with older ones.

    The evidence is the numbers or dates in URLs. The step between the lists is at most twice the widest step within the
    longer one. One card in five may be out of order.
    """
    ages = _ages(listed.cards), _ages(other.cards)
    if not all(ages):
        return False
    falls = [[before - after for before, after in pairwise(each)] for each in ages]
    widest = max(falls[len(ages[0]) < len(ages[1])], default=0)
    return 0 <= ages[0][-1] - ages[1][0] <= 2 * widest > 0 and not any(
        _LEAST_KEPT * sum(fall < 0 for fall in each) > len(each) for each in falls
    )


def _step(ages: list[int]) -> int:
    """1 where numbers rise, -1 where they fall, 0 where they do neither or are fewer than _LEAST_ORDERED."""
    ordered = sorted(ages)
    return 0 if len(set(ages)) < _LEAST_ORDERED else (ages == ordered) - (ages == ordered[::-1])


def _ages(cards: Iterable[Card]) -> list[int]:
    """The number or date in each card's URL; empty where any URL has none."""
    ages = [_age(card.url) for card in cards]
    return [] if None in ages else [age for age in ages if age is not None]


def _age(url: str) -> int | None:
    """The longest number in a URL that may count articles, else its date as YYYYMMDD, else a short last number."""
    path = unquote(url).partition("//")[2].partition("/")[2]
    date = _DATE.search(path)
    numbers = _COUNTED.findall(path if date is None else path[: date.start()] + path[date.end() :])
    if numbers:
        return int(max(numbers, key=len))
    if date is not None:
        return int(f"{date[1]}{date[2]:0>2}{date[3]:0>2}")
    last = _LAST.search(path)
    return int(last[1]) if last else None


def _surroundings(one: CardList, branch: HtmlElement) -> Iterator[object]:
    yield one.holder
    yield one.holder.getparent()
    if branch is not one.holder and branch is not one.cards[0].holder:
        yield branch.getparent(), branch.tag, branch.get("class"), tuple(each.tag for each in one.cards[0].path())
