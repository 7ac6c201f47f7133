"""Own lists: choose the card lists that form the page's listing; the others are boxes of other articles.

The best list is the richest one outside furniture, together with its tiers (crawler.listings.tiers). Richness counts
double under the page's title, and where the articles' URLs lie in the section that the page's URL names. To the best
list are added: its tiers; lists whose cards are alike and as rich; a lead above it; and a slider or another list with
the next newer articles. A list that repeats an article of the best list is not added. On a home page without one
dominant list, all its blocks are chosen.
"""

from collections.abc import Iterable
from itertools import islice, pairwise, takewhile
from statistics import median

from lxml.html import HtmlElement

from crawler.listings.card_lists import Card, CardList, lists_of
from crawler.listings.links import decoded_path
from crawler.listings.list_labels import has_label
from crawler.listings.listing_furniture import DEEPEST, ListingFurniture, has_own_heading
from crawler.listings.page_title import under_title
from crawler.listings.paging import before_pager
from crawler.listings.tiers import breaks_order, goes_on, owners_of, tiers_of
from crawler.listings.url_patterns import UrlPattern, article_patterns, is_telling

_POOR = 0.45  # least richness of a card, as a share of the usual one; below it the card is a bare link
_RICHER = 2  # how many times richer a list must be to overrule the name of its side column
_FEW = 3  # fewest cards of such a list
_SHORT = 3  # how many times shorter than the listing the boxes of other sections are
_RICH = 0.8  # least mean richness of a further list of the listing, as a share of the usual richness


def own_links(
    cards: list[Card], furniture: ListingFurniture, known: frozenset[UrlPattern], *, base_url: str, is_home: bool
) -> list[HtmlElement]:
    """The links of the cards in the page's own listing. known: URL patterns of this site's articles."""
    # Furniture names within a card ("card-header") are not evidence, except a menu, whose only article makes it a card.
    shut = {card for card in cards if furniture.holds(card.holder) or _in_menu(card)}
    if _opens_column(cards, shut, furniture):
        shut = {card for card in cards if furniture.holds(card.holder) or _in_menu(card)}
    lists = lists_of(card for card in cards if card not in shut)
    followed = list(pairwise(lists))
    lists = [each for each in lists if not furniture.is_in_slider(each.holder)]
    if not lists:
        return []
    # On a section's page, a box with its own heading ("latest") is less likely to be the listing.
    headed = set() if is_home else {each for each in lists if _stands_under_heading(each)}
    owners = owners_of(lists, cards)
    labelled = {each for each in lists if has_label(each.cards[0].holder, owners)}
    groups = tiers_of(lists, labelled, owners)
    section = set() if is_home else _in_section(lists, base_url)
    titled = set() if is_home else under_title(lists)

    def weight(each: CardList) -> tuple[int, float]:
        """The sort key of a list: first the number of cards with known article URLs, then the weighted richness."""
        factor = (0.5 if each in headed else 1) * (2 if each in section else 1) * (2 if each in titled else 1)
        # Most cards must have telling URLs: of random names ("d5c33812", "d5c8a8f5") some look like numbers.
        is_plain = 2 * sum(is_telling(card.pattern) for card in each.cards) < len(each.cards)
        return sum(card.pattern in known for card in each.cards), each.richness * factor * (0.3 if is_plain else 1)

    def joint_weight(tiers: Iterable[CardList]) -> tuple[int, float]:
        certain, richness = zip(*map(weight, tiers), strict=True)
        return sum(certain), sum(richness)

    listing = max(groups, key=joint_weight)
    best = max(listing, key=weight)
    boxes = _boxes(listing, labelled)
    lists = [each for each in lists if each not in boxes]
    others = (section if best in section else set(lists)) - (set() if best in headed else headed)
    belongs = _same_listing(best, lists, labelled, groups, others, is_home=is_home)
    # A list before the link to the listing's next page belongs to the listing, whatever the order of its articles.
    paged = before_pager(best.holder.getroottree().getroot(), base_url)
    poorer = {each for each in belongs if each.mean_richness < _RICH * _usual(best)}
    belongs -= {each for each in poorer if each.cards[-1].anchors[0] not in paged and breaks_order(best, each, cards)}
    belongs.update(
        each
        for each, following in followed
        if following in belongs and each not in labelled and goes_on(each, following)
    )
    half = sum(each.richness for each in lists) / 2
    chosen = belongs
    if is_home and best.richness <= half:
        chosen = belongs | _blocks(best, belongs, lists)
        if sum(each.richness for each in belongs) > half:
            chosen = {each for each in chosen if each in belongs or each not in labelled}
    own = [card.pattern for card in best.cards]
    patterns = known.intersection(own) or article_patterns(own, known) or set(own)
    least = _POOR * _usual(best)
    # Cards may become poorer down a listing, but a listing does not begin with poor ones.
    rich = next(n for n, each in enumerate(lists) if each in belongs and each.mean_richness >= least)
    below = belongs.intersection(lists[rich:])
    return [
        anchor
        for each in chosen
        for card in each.cards
        if (each is best and not (patterns & known))
        or ((card.richness >= least or each in below) and card.pattern in patterns)
        for anchor in card.anchors
    ]


def _opens_column(cards: list[Card], shut: set[Card], furniture: ListingFurniture) -> bool:
    """Stop counting as furniture a side column whose list is twice as rich as any list outside furniture.

    Return whether there was one. Such a column's name describes its position, not its content.
    """
    richest = max((each.richness for each in lists_of(card for card in cards if card not in shut)), default=0.0)
    inside = lists_of(card for card in cards if card in shut and not _in_menu(card))
    inside = [each for each in inside if len(each.cards) >= _FEW and each.richness >= _RICHER * richest]
    return any(furniture.opens(each.holder) for each in sorted(inside, key=lambda each: each.richness, reverse=True))


def _boxes(listing: list[CardList], labelled: set[CardList]) -> set[CardList]:
    """The boxes beside an unlabelled listing: short labelled lists of a tag and class that repeats one of its articles.

    listing: the best list with its tiers. Empty where it has a label, as on a home page of blocks.
    """
    urls = {card.url for each in listing for card in each.cards}
    short = {each for each in labelled.difference(listing) if _SHORT * len(each.cards) <= len(urls)}
    makes = {each.make for each in short if any(card.url in urls for card in each.cards)}
    return set() if listing[0] in labelled else {each for each in short if each.make in makes}


def _blocks(best: CardList, belongs: set[CardList], lists: list[CardList]) -> set[CardList]:
    """The blocks of a home page: lists as rich as the best one, and lists of several cards with a block's class."""
    rich = {each for each in lists if each.mean_richness >= _RICH * _usual(best)}
    makes = {each.make for each in belongs | rich if len(each.cards) > 1 and each.make[1]}
    return rich | {each for each in lists if len(each.cards) > 1 and each.make in makes}


def _same_listing(
    best: CardList,
    lists: list[CardList],
    labelled: set[CardList],
    groups: list[list[CardList]],
    others: set[CardList],
    *,
    is_home: bool,
) -> set[CardList]:
    """The best list, the lists alike and as rich, a lead above them, and the tiers of all these.

    A lead has no label, is among the lists nearest to the best one, is as rich, and holds fewer cards. groups: all
    lists, grouped by tiers. others: the lists that may be added without being tiers.
    """
    usual = _usual(best)
    urls = {card.url for card in best.cards}
    lists = [each for each in lists if each is best or not any(card.url in urls for card in each.cards)]
    distances = {
        around: distance for distance, around in enumerate(islice((best.holder, *best.holder.iterancestors()), DEEPEST))
    }
    far = len(distances)
    away = {
        each: min((distances.get(around, far) for around in (each.holder, *each.holder.iterancestors())), default=far)
        for each in lists
    }
    rich = {each for each in lists if each in others and each.mean_richness >= _RICH * usual}
    # A labelled list is added only on a home page, beside a best list with a label, or in or next to the best list.
    free = {each for each in rich if is_home or best in labelled or each not in labelled or away[each] <= 1}
    own = {best} | {each for each in free if each.is_like(best)}
    count = sum(len(each.cards) for each in own)
    nearest = min((away[each] for each in lists if each not in own), default=far)
    for each in takewhile(lambda each: each is not best, lists):
        is_lead = each in rich and each not in labelled and away[each] == nearest and len(each.cards) < count
        if is_lead and (each.mean_richness > 1 or usual <= 1):
            own.add(each)
    tiers = {each for group in groups if not own.isdisjoint(group) for each in group}
    return own | tiers.intersection(lists)


def _usual(best: CardList) -> float:
    return median(card.richness for card in best.cards)


def _in_section(lists: list[CardList], base_url: str) -> set[CardList]:
    """The lists most of whose URLs lie below the section that the page's URL names, as in "/sport/123"."""
    names = [name for name in decoded_path(base_url).split("/") if name and name != "page" and not name.isdecimal()]
    if not names:
        return set()

    def is_below(card: Card) -> bool:
        return names[-1] in decoded_path(card.url).rstrip("/").split("/")[:-1]

    return {each for each in lists if 2 * sum(map(is_below, each.cards)) > len(each.cards)}


def _in_menu(card: Card) -> bool:
    for around in islice(card.anchors[0].iterancestors(), DEEPEST):
        if around is card.holder:
            return False
        if around.tag in ("nav", "aside"):
            return True
    return False


def _stands_under_heading(one: CardList) -> bool:
    """Whether a list's holder, or one of the two elements around it, begins with an unlinked heading below h1."""
    for around in islice((one.holder, *one.holder.iterancestors()), 3):
        if around.tag in ("body", "main") or next(around.iter("h1"), None) is not None:
            return False
        if has_own_heading(around):
            return True
    return False
