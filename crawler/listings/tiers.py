"""Tiers: the parts of one listing, as a lead card, picture cards, then bare titles.

Tiers stand directly beside each other, or go on with the next older articles, and none but the first has a label; a box
has a label, or a column of its own.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.listings.card_lists import Card, CardList
from crawler.listings.list_labels import branch_of, has_label_before
from crawler.listings.listing_furniture import DEEPEST

_LEAST_ORDERED = 3  # cards whose order tells
_LEAST_KEPT = 5  # cards of a list that goes on with another, for each that is out of order
# A number that counts articles: between separators or letters ("/c6634o") and no year, or longer than in headlines.
_COUNTED = re.compile(r"(?<![^/=&.a-z])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{4,18}(?![^/&.#?a-z])|[0-9]{5,18}")
_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-/_.]([0-9]{1,2})[-/_.]([0-9]{1,2})(?![0-9])")
_LAST = re.compile(r"(?:^|[/=])([0-9]{1,3})/?$")  # of a site with few articles
Owners = dict[HtmlElement, CardList | None]  # the list of the cards in an element; None: of several lists, or of none


def owners_of(lists: list[CardList], cards: Iterable[Card]) -> Owners:
    """What cards the elements around cards hold. cards: all of the page."""
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
    """All lists, in groups, in page order. A label begins a group; a list without one joins one beside it.

    Two lists stand beside each other where their elements are the same or siblings, or the one is directly in the
    other; or where they are alike, in elements that are siblings and alike, as the lists of several days; or where the
    cards of the one are the next older articles. None with a label is between them, unless both stand below it.
    """
    joined = list(range(len(lists)))  # numbers of lists, each to an earlier one of its group, or to itself

    def first_of(number: int) -> int:
        while joined[number] != number:
            joined[number] = number = joined[joined[number]]
        return number

    def join(number: int, earlier: int) -> None:
        one, other = first_of(number), first_of(earlier)
        joined[max(one, other)] = min(one, other)

    numbers: dict[object, int] = {}  # of a list at a place
    scopes: dict[HtmlElement | None, int] = {}  # of the last list under a label in an element
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
    """Whether cards of a list are in the order of their addresses, and those of another list do not go on with it.

    A listing goes on with older articles; a box of other ones does not. cards: all of the page, in its order. False
    where addresses have no numbers or dates.
    """
    own, of_both = set(listed.cards), {*listed.cards, *other.cards}
    both = [card for card in cards if card in of_both]
    ages, step = _ages(both), _step(_ages(listed.cards))
    return step != 0 and any(
        (card in own) != (after in own) and (older - newer) * step < 0
        for card, after, newer, older in zip(both, both[1:], ages, ages[1:], strict=False)
    )


def goes_on(listed: CardList, other: CardList) -> bool:
    """Whether both lists are in order, the newest article first, and the other one, further down, has the next older.

    Between the lists lie few more articles than between two cards of the longer one. One card in five may be out of
    order. By the addresses.
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
    """1 where numbers rise, -1 where they fall; 0 where they do neither, or are too few to tell."""
    ordered = sorted(ages)
    return 0 if len(set(ages)) < _LEAST_ORDERED else (ages == ordered) - (ages == ordered[::-1])


def _ages(cards: Iterable[Card]) -> list[int]:
    """The number or date in each card's address; empty where one has none."""
    ages = [_age(card.url) for card in cards]
    return [] if None in ages else [age for age in ages if age is not None]


def _age(url: str) -> int | None:
    """The number in an address that counts articles on most sites, else the date, else a number at its end."""
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
