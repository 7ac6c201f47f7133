"""Tiers: the parts of one listing, as a lead card, picture cards, then bare titles.

Tiers stand directly beside each other, and none has a label of its own; a box has a label, or a column of its own.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.listings.card_lists import Card, CardList
from crawler.listings.list_labels import branch_of
from crawler.listings.listing_furniture import DEEPEST

_LEAST_ORDERED = 3  # cards whose order tells
_NUMBERS = re.compile(r"[0-9]{1,18}")
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
    """All lists, in groups: those without labels that stand beside each other, in page order; each other one alone.

    Two lists stand beside each other where their elements are the same or siblings, or the one is directly in the
    other; or where they are alike, in elements that are siblings and alike, as the lists of several days.
    """
    joined = list(range(len(lists)))  # numbers of lists, each to an earlier one of its group, or to itself

    def first_of(number: int) -> int:
        while joined[number] != number:
            joined[number] = number = joined[joined[number]]
        return number

    numbers: dict[object, int] = {}  # of a list at a place
    for number, each in enumerate(lists):
        for place in () if each in labelled else _surroundings(each, owners):
            one, other = first_of(number), first_of(numbers.setdefault(place, number))
            joined[max(one, other)] = min(one, other)
    groups: dict[int, list[CardList]] = {}
    for number, each in enumerate(lists):
        groups.setdefault(first_of(number), []).append(each)
    return list(groups.values())


def breaks_order(listed: CardList, other: CardList, cards: Iterable[Card]) -> bool:
    """Whether cards of a list are in the order of the numbers in their addresses, and with another list's are not.

    A listing goes on with older articles; a box of other ones does not. cards: all of the page, in its order. False
    where addresses have no numbers.
    """
    own, both = _numbers(listed, other, cards)
    return len(own) >= _LEAST_ORDERED and _is_ordered(own) and not _is_ordered(both)


def _numbers(listed: CardList, other: CardList, cards: Iterable[Card]) -> tuple[list[int], list[int]]:
    """The numbers of a list's cards, and of both lists', in the order of the page; empty where a card has none."""
    of_list, of_both = set(listed.cards), {*listed.cards, *other.cards}
    numbers = {card: number for card in cards if card in of_both and (number := _number(card.url)) is not None}
    if len(numbers) < len(of_both):
        return [], []
    return [number for card, number in numbers.items() if card in of_list], list(numbers.values())


def _is_ordered(numbers: list[int]) -> bool:
    ordered = sorted(numbers)
    return numbers in (ordered, ordered[::-1])


def _number(url: str) -> int | None:
    """The last number of an address, which counts articles on most sites."""
    numbers = _NUMBERS.findall(unquote(url))
    return int(numbers[-1]) if numbers else None


def _surroundings(one: CardList, owners: Owners) -> Iterator[object]:
    yield one.holder
    yield one.holder.getparent()
    branch = branch_of(one.cards[0].holder, owners)
    if branch is not one.holder and branch is not one.cards[0].holder:
        yield branch.getparent(), branch.tag, branch.get("class"), tuple(each.tag for each in one.cards[0].path())
