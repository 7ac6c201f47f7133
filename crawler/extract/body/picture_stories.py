"""Picture stories: articles whose text is printed as the captions of their pictures."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from crawler.html import characters
from crawler.html.blocks import SENTENCE_ENDS, blocks
from crawler.html.tree import content

LEAST = 4  # fewest captions of a picture story
MOST_PICTURES = 500  # most pictures of a page that are looked at
_SENTENCE = 7  # fewest words of a caption
_LONGEST = 900  # most letters of a caption
_LONGEST_RAW = 4 * _LONGEST  # with the white space of its markup
_SHARE = 0.5  # least letters of the captions, as a share of those of other sentences: few paragraphs introduce a story
_AROUND = 6  # nearest ancestors of a picture that may hold its caption
_CREDIT = range(2, 41)  # letters in the brackets of a credit
_NOT_PROSE = 0.3  # link density from which a block is no prose


def captions_to_paragraphs(tree: HtmlElement) -> None:
    """Turn the captions of a picture story into paragraphs, each after the element of its picture. Changes the tree.

    A page is a picture story if at least LEAST pictures have one caption each, in elements of the same tags and classes
    without links, each caption is a sentence, and together they have at least half as many letters as the page's other
    sentences.
    """
    groups: dict[tuple[str, ...], list[tuple[HtmlElement, HtmlElement]]] = defaultdict(list)
    for holder in _holders(tree):
        if len(captions := list(_captions(holder))) == 1:  # several are the text of an article
            caption = captions[0]
            names = (holder.tag, holder.get("class") or "", caption.tag, caption.get("class") or "")
            groups[names].append((holder, caption))
    if not groups:
        return
    group = max(groups.values(), key=len)
    texts = {content(caption) for _, caption in group}
    if len(texts) < LEAST or sum(map(len, texts)) < _SHARE * _prose(tree, texts):
        return
    for holder, caption in reversed(group):
        _put_behind(caption, holder)


def _holders(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The outermost near ancestor of each picture without another one, unless it holds or is in a link with text."""
    pictures = list(islice(tree.iter("img", "amp-img"), MOST_PICTURES))
    if len(pictures) < LEAST:
        return
    held = Counter(holder for picture in pictures for holder in islice(picture.iterancestors(), _AROUND))
    for picture in pictures:
        around = [holder for holder in islice(picture.iterancestors(), _AROUND) if held[holder] == 1]
        if not around or next(picture.iterancestors("a"), None) is not None:
            continue
        if not any(content(link) for link in around[-1].iter("a")):
            yield around[-1]


def _captions(holder: HtmlElement) -> Iterator[HtmlElement]:
    """The innermost elements of a picture's element that are a sentence, and no paragraph of the text already."""
    outer: set[HtmlElement] = {holder}
    found: list[HtmlElement] = []
    texts = _texts(holder)
    for each in reversed(list(holder.iter("*"))):  # elements come before their ancestors
        text = texts[each]
        if each in outer or text is None or not _is_sentence(characters.line(text)):
            continue
        for ancestor in each.iterancestors():
            if ancestor in outer:
                break
            outer.add(ancestor)
        if each.tag != "p" or next(each.iterancestors("figcaption"), None) is not None:
            found.append(each)
    yield from reversed(found)


def _texts(holder: HtmlElement) -> dict[HtmlElement, str | None]:
    """The text of each element of a picture's element; None for one longer than a caption. Linear in a page's size."""
    texts: dict[HtmlElement, str | None] = {}
    for _, element in etree.iterwalk(holder, events=("end",)):
        parts = [element.text if isinstance(element.tag, str) else ""]
        for child in element:
            parts += (texts[child], child.tail or "")
        text = None if None in parts[1:] else "".join(part or "" for part in parts)
        texts[element] = None if text is None or len(text) > _LONGEST_RAW else text
    return texts


def _is_sentence(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    bare = _without_credit(text)
    return len(bare.split()) >= _SENTENCE and bare.endswith(SENTENCE_ENDS)


def _without_credit(text: str) -> str:
    """The text without a credit in brackets at its end: "… (رويترز)"."""
    start = max(text.rfind("("), text.rfind("["))
    credit = text[start + 1 : -1]
    is_credit = start >= 0 and text.endswith((")", "]")) and len(credit) in _CREDIT and not {*credit} & {*"()[]"}
    return text[:start].rstrip() if is_credit else text


def _prose(tree: HtmlElement, captions: set[str]) -> int:
    """The number of letters of the page's other sentences."""
    return sum(
        len(block.text)
        for block in blocks(tree)
        if block.linked < _NOT_PROSE and block.text not in captions and _is_sentence(block.text)
    )


def _put_behind(caption: HtmlElement, holder: HtmlElement) -> None:
    """Move a caption out of the element of its picture and insert it as a paragraph right after that element."""
    caption.tag = "p"
    for name in ("class", "itemprop", "id"):
        caption.attrib.pop(name, None)
    tail, caption.tail = caption.tail, None
    if tail and tail.strip():
        before, parent = caption.getprevious(), caption.getparent()
        if before is not None:
            before.tail = f"{before.tail or ''} {tail}"
        elif parent is not None:
            parent.text = f"{parent.text or ''} {tail}"
    holder.addnext(caption)
