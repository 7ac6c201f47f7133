"""Cutting out what stands in a page but is no article: menus, share bars, related boxes, forms, adverts."""

from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extract.blocks import HIDING_CLASSES, SKIPPED, is_hidden
from crawler.extract.html import select, words_of
from crawler.extract.text import words

# Words of class and id. These are chrome unless a good part of the text is in them …
CHROME = words(
    "related relatedposts relatednews share shares sharing sharer sharebar addthis sharethis social socials comment "
    "comments disqus respond tags tagcloud hashtags bio newsletter subscribe subscription ad ads adv advert adverts "
    "advertisement adsense adsbygoogle dfp gpt mpu leaderboard banner banners sponsor sponsored promo promotion "
    "breadcrumb breadcrumbs breadcumb pagination pager widget widgets sidebar recommended recommendation "
    "recommendations outbrain taboola mgid toolbar print rating ratings poll vote popup modal cookie cookies consent "
    "playlist navigation navbar menu footer topbar mostread mostviewed readalso readmore seealso inlinerelated irp "
    "whatsapp telegram copyright copyrights login paywall skip ticker weather prayer"
)
# … and these only where they are short or mostly links: articles use the same words for their own parts.
FAINT = words(
    "more next prev previous latest trending popular tools tool meta info date time views author authors writer byline "
    "tag category categories cat cats top also read links link list lists box card cards news suggested suggest item "
    "items post posts header caption credit source carousel slider swiper gallery"
)
TAGS = frozenset({"nav", "aside", "footer", "menu", "dialog"})


@dataclass(frozen=True, slots=True)
class Size:
    """Letters of text under an element (white space not counted), and how many of them are in links."""

    letters: int
    linked: int

    @property
    def prose(self) -> int:
        """Letters outside of links."""
        return self.letters - self.linked


def sizes(root: HtmlElement) -> dict[HtmlElement, Size]:
    """The size of every element under the root, in one pass; scripts, forms' fields and hidden parts count nothing."""
    letters: dict[HtmlElement, int] = {}
    linked: dict[HtmlElement, int] = {}
    # Backwards through document order, so that children come before their parent.
    for element in reversed(list(root.iter("*"))):
        tag = element.tag
        if (tag in SKIPPED and tag not in ("form", "nav", "aside")) or (element is not root and is_hidden(element)):
            letters[element] = linked[element] = 0
            continue
        total = _letters(element.text)
        inside = 0
        for child in element:
            if child in letters:
                total += letters[child]
                inside += linked[child]
            total += _letters(child.tail)
        letters[element] = total
        linked[element] = total if tag == "a" else inside
    return {element: Size(letters[element], linked[element]) for element in letters}


def _letters(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0


def remove(element: HtmlElement) -> None:
    """Take an element out of its tree and leave the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def drop(root: HtmlElement, selector: str) -> None:
    """Cut out what a theme or site names."""
    for element in select(root, selector):
        if element is not root:
            remove(element)


def cut(root: HtmlElement, *, measured: dict[HtmlElement, Size] | None = None) -> None:
    """Cut chrome out from under the root. What holds a good part of its prose always stays."""
    measured = measured or sizes(root)
    enough = max(measured[root].prose * 0.3, 1)
    doomed: list[HtmlElement] = []
    # An element under a doomed one is doomed with it; those are skipped to keep this linear.
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if _is_chrome(element, measured.get(element, Size(0, 0)), enough):
            doomed.append(element)
        else:
            stack.extend(reversed(element))
    for element in doomed:
        remove(element)


def _is_chrome(element: HtmlElement, size: Size, enough: float) -> bool:
    if size.prose >= enough:
        if element.tag == "form":
            # ASP.NET wraps whole pages into one form; readers of text skip forms.
            element.tag = "div"
        return False
    if element.tag in TAGS or element.tag == "form" or (_says_hidden(element) and size.letters == 0):
        return True
    names = words_of(element)
    if not CHROME.isdisjoint(names):
        return True
    if FAINT.isdisjoint(names):
        return False
    return size.letters < 80 if size.linked == 0 else size.linked * 2 >= size.letters


def _says_hidden(element: HtmlElement) -> bool:
    """Hidden for good; a style alone may be undone by a script, and holds no text that counts anyway."""
    return element.get("hidden") is not None or not HIDING_CLASSES.isdisjoint((element.get("class") or "").split())
