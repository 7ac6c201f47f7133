"""Removal of page furniture from an element before its text is extracted."""

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.html.blocks import BLOCKS, HIDING_CLASSES, SKIPPED, is_hidden
from crawler.html.characters import line, words
from crawler.html.furniture import BODY, BODY_IF_SHORT, TAGS
from crawler.html.tree import words_of

# A word of each set together names the line under a picture: "img-desc", "photo_credit".
_PICTURES = words("img image photo pic picture media thumb")
_CAPTIONS = words("desc description credit credits alt info source copyright")
_LONGEST_CAPTION = 300  # letters
# URL of one post of a network, as its embedding code links to it.
_POST_ADDRESS = re.compile(
    r"//(?:[\w-]+\.)?(?:(?:twitter|x)\.com/[^/]+/status(?:es)?/|instagram\.com/(?:p|reel|tv)/|tiktok\.com/@[^/]+/video/"
    r"|facebook\.com/(?:[^/]+/(?:posts|videos)/|photo|watch|permalink)|threads\.net/@[^/]+/post/|t\.me/[^/]+/\d)",
    re.I,
)
# Classes of the networks' own embedding codes, before their scripts run.
_POST_CLASSES = words(
    "twitter-tweet twitter-video instagram-media tiktok-embed text-post-media fb-post fb-video bluesky-embed "
    "mastodon-embed reddit-embed-bq reddit-card telegram-post imgur-embed-pub"
)
_EMBEDDING = words("embed embeds embedded oembed")  # in the names of an element around a post
_NETWORKS = words("twitter tweet facebook instagram tiktok threads telegram bluesky")
# The signature of a post, behind a dash: a name and an account, or a name and a date.
_ACCOUNT = re.compile(r"\(@\w{1,40}\)")
_SIGNED = re.compile(r"[—–]\s*([^—–]{2,120})$")
_YEAR_AT_END = re.compile(r"(?<!\d)\d{4}$")
LEAST_WORDS = 3  # in a linked headline
LONGEST_TEASER = 600  # letters; parts of an article have more
_LONGEST_LABEL = 30  # letters before a teaser's headline: a section, a time
_LONGEST_MARK = 60  # letters in the end mark of an insert: "نهاية البودكاست"
_MOST_STEPS = 5  # ancestors of a link
_MOST_LINKS = 1_000
_UNCOUNTED = SKIPPED - {"form", "nav", "aside"}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Number of letters under each element, without white space, and how many of them are in links.

    Both hold the root and every element under it, in document order.
    """

    letters: dict[HtmlElement, int]
    linked: dict[HtmlElement, int]

    def prose(self, element: HtmlElement) -> int:
        """Letters outside of links; 0 for an element that was not measured."""
        return self.letters.get(element, 0) - self.linked.get(element, 0)


def sizes(root: HtmlElement) -> Sizes:
    """The size of every element under the root, in one pass. Scripts, form fields and hidden parts are not counted."""
    elements: list[HtmlElement] = list(root.iter("*"))
    letters = dict.fromkeys(elements, 0)
    linked = dict.fromkeys(elements, 0)
    # Backwards through document order, so that children come before their parent.
    for element in reversed(elements):
        own = linking = 0
        if element.tag not in _UNCOUNTED:
            own = letters[element]
            if text := element.text:
                own += sum(map(len, text.split()))
            if own:
                if element is not root and is_hidden(element):
                    own = 0
                linking = own if element.tag == "a" else min(own, linked[element])
        letters[element], linked[element] = own, linking
        if element is root:
            break
        if tail := element.tail:
            own += sum(map(len, tail.split()))
        if own:
            parent = element.getparent()
            letters[parent] += own
            linked[parent] += linking
    return Sizes(letters, linked)


def remove(element: HtmlElement) -> None:
    """Empty an element and rename it, so that it has no text. Its tail stays; a block's tail stays a separate block.

    Removing it from the tree would join the two texts, which takes quadratic time for many in a row.
    """
    tag = "nav" if element.tag in BLOCKS else "template"
    element.clear(keep_tail=True)
    element.tag = tag


def unwrap_forms(root: HtmlElement) -> None:
    """Turn a form with 30 % of the prose into a div: ASP.NET wraps pages in a form, and `blocks` skips forms."""
    forms = list(root.iter("form"))
    if not forms:
        return
    measured = sizes(root)
    for form in forms:
        if measured.prose(form) >= max(measured.prose(root) * 0.3, 1):
            form.tag = "div"


def cut(root: HtmlElement, keep: Set[HtmlElement] = frozenset()) -> Sizes | None:
    """Remove furniture under the root. Elements that hold 30 % of the prose stay, and those of `keep`.

    Returns the sizes if nothing was removed; None if they must be measured again.
    """
    measured = sizes(root)
    enough = max(measured.prose(root) * 0.3, 1)
    removed = [*embedded_posts(root), *_skippable(root), *(each for each in teaser_cards(root) if each not in keep)]
    # Elements under a removed one are skipped, which keeps this linear.
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if element not in keep and _is_furniture(element, measured, enough):
            removed.append(element)
        else:
            stack.extend(reversed(element))
    for element in removed:
        remove(element)
    return None if removed else measured


def embedded_posts(root: HtmlElement) -> list[HtmlElement]:
    """The elements under an element that embed a post of a social network.

    They have the class of a network's embedding code, or names with a word for embedding and one for a network; or they
    are quotations that link to a post, are alone in an element with a name for embedding, or are signed like posts:
    "— name (@account) date".
    """
    posts = {each: None for each in root.iter("blockquote", "div", "figure") if _is_marked(each)}
    for quotation in root.iter("blockquote"):
        if quotation is not root and (_is_signed(quotation) or _is_embedded(quotation)):
            posts[quotation] = None
    for link in root.iter("a"):
        if _POST_ADDRESS.search(link.get("href") or ""):
            for holder in islice(link.iterancestors(), 4):
                if holder is root:
                    break
                if holder.tag == "blockquote":
                    posts[holder] = None
                    break
    return list(posts)


def _is_marked(element: HtmlElement) -> bool:
    names = element.get("class")
    if not names:
        return False
    known = words_of(element)
    is_named = not _EMBEDDING.isdisjoint(known) and not _NETWORKS.isdisjoint(known)
    return is_named or not _POST_CLASSES.isdisjoint(names.lower().split())


def _is_signed(quotation: HtmlElement) -> bool:
    """Whether a quotation ends with a dash, a name, and an account or a link that shows a date."""
    text = line("".join(quotation.itertext()))
    signature = _SIGNED.search(text)
    if signature is None:
        return False
    if _ACCOUNT.search(signature[1]):
        return True
    links = list(quotation.iter("a"))
    is_dated = any(map(str.isalpha, signature[1])) and _YEAR_AT_END.search(signature[1]) is not None
    return is_dated and bool(links) and text.endswith(line("".join(links[-1].itertext())))


def _is_embedded(quotation: HtmlElement) -> bool:
    """Whether a quotation is the whole text of its parent, whose class or id has a word for embedding."""
    holder = quotation.getparent()
    if holder is None or _EMBEDDING.isdisjoint(words_of(holder)):
        return False
    return _shown_letters(holder) == _shown_letters(quotation)


def _skippable(root: HtmlElement) -> list[HtmlElement]:
    """The inserts that begin with a link to their own end, which lets readers skip them: "#end-of-podcast".

    If the end holds more text than a mark, the link opens or names a part of the page, as in accordions.
    """
    inserts: list[HtmlElement] = []
    for link in islice(root.iter("a"), _MOST_LINKS):
        target = link.get("href") or ""
        if not target.startswith("#") or len(target) == 1 or (link.tail or "").strip():
            continue
        for holder in islice(link.iterancestors(), _MOST_STEPS):
            if holder is root or (holder.text or "").strip() or holder[0] not in (link, *link.iterancestors()):
                break
            last = holder[-1]
            if last is not link and target[1:] in (last.get("id"), last.get("name")):
                if _shown_letters(last) <= _LONGEST_MARK:
                    inserts.append(holder)
                break
    return inserts


def teaser_cards(root: HtmlElement) -> list[HtmlElement]:
    """Teasers of other articles, recognised by their shape: two or more siblings of one tag and class.

    Each begins with a link of three words or more, with no more than a label before it. They link to different URLs.
    """
    groups: dict[tuple[HtmlElement, str, str], dict[HtmlElement, str]] = defaultdict(dict)
    for count, link in enumerate(root.iter("a")):
        if count >= _MOST_LINKS:
            break
        address = link.get("href")
        if not address or len(line("".join(link.itertext())).split()) < LEAST_WORDS:
            continue
        for element, parent in _beginning_with(link, root):
            groups[parent, element.tag, element.get("class") or ""].setdefault(element, address)
    cards: dict[HtmlElement, None] = {}
    for group in groups.values():
        if len(group) >= 2 and len(set(group.values())) >= 2:
            cards.update(dict.fromkeys(element for element in group if _shown_letters(element) <= LONGEST_TEASER))
    return list(cards)


def _beginning_with(link: HtmlElement, root: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """Yield the link, and the ancestors that begin with it, each with its parent."""
    element, before = link, 0
    for _ in range(_MOST_STEPS):
        parent = element.getparent()
        if element is root or parent is None or element.tag == "body":
            return
        yield element, parent
        before += len((parent.text or "").strip())
        for sibling in element.itersiblings(preceding=True):
            before += len("".join(sibling.itertext()).strip()) + len((sibling.tail or "").strip())
            if before > _LONGEST_LABEL:
                return
        element = parent


def _shown_letters(element: HtmlElement) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _is_furniture(element: HtmlElement, measured: Sizes, enough: float) -> bool:
    letters, linked = measured.letters.get(element, 0), measured.linked.get(element, 0)
    tag = element.tag
    if letters - linked >= enough:
        if tag == "form":
            # ASP.NET wraps the page in one form, and `blocks` skips forms.
            element.tag = "div"
        return False
    if tag in TAGS or tag == "form" or (letters == 0 and _is_declared_hidden(element)):
        return True
    names = words_of(element)
    if not names:
        return False
    if not BODY.isdisjoint(names) or (letters < _LONGEST_CAPTION and _is_under_picture(names)):
        return True
    if BODY_IF_SHORT.isdisjoint(names):
        return False
    return letters < 80 if linked == 0 else linked * 2 >= letters


def _is_under_picture(names: frozenset[str]) -> bool:
    return not _PICTURES.isdisjoint(names) and not _CAPTIONS.isdisjoint(names)


def _is_declared_hidden(element: HtmlElement) -> bool:
    """Whether its attribute or class hides it. Its style is not considered, as a script may undo that."""
    return element.get("hidden") is not None or not HIDING_CLASSES.isdisjoint((element.get("class") or "").split())
