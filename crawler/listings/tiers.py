"""Tiers: the parts of one listing, as a lead card, picture cards, then bare titles.

Tiers stand directly beside each other, and none has a label of its own; a box has a label, or a column of its own.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.listings.card_lists import Card, CardList
from crawler.listings.list_labels import branch_of
from crawler.listings.listing_furniture import DEEPEST

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


def _surroundings(one: CardList, owners: Owners) -> Iterator[object]:
    yield one.holder
    yield one.holder.getparent()
    branch = branch_of(one.cards[0].holder, owners)
    if branch is not one.holder and branch is not one.cards[0].holder:
        yield branch.getparent(), branch.tag, branch.get("class"), tuple(each.tag for each in one.cards[0].path())
