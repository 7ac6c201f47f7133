"""Stories in pictures: articles whose text stands under their pictures, where other articles have captions."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.html.blocks import SENTENCE_ENDS, blocks
from crawler.html.tree import content

LEAST = 4  # pictures that tell a story
MOST_PICTURES = 500
_SENTENCE = 7  # words
_LONGEST = 900  # letters of a caption
_SHARE = 0.5  # letters of captions, to those of all other sentences: one paragraph or two introduce such a story
_AROUND = 6  # elements around a picture
_CREDIT = re.compile(r"\s*[(\[][^()\[\]]{2,40}[)\]]$")
_NOT_PROSE = 0.3  # share of a block's letters in links


def tell(tree: HtmlElement) -> None:
    """Make the captions of a story in pictures paragraphs, each behind what holds its picture. Changes the tree.

    They are sentences, each in one element with one picture and no link; four at least stand in elements of the same
    tags and classes; and they hold half as many letters as all other sentences of the page.
    """
    groups: dict[tuple[str, ...], list[tuple[HtmlElement, HtmlElement]]] = defaultdict(list)
    for holder in _holders(tree):
        if len(captions := list(_captions(holder))) == 1:  # several sentences are an article with one picture
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
    """The outermost element around each picture that holds no other, and no link with words in it or around it."""
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
    """The innermost elements under one that say a sentence and are no paragraphs for readers yet."""
    said = [each for each in holder.iter("*") if each is not holder and _is_sentence(content(each))]
    outer = {above for each in said for above in each.iterancestors()}
    for each in said:
        if each not in outer and (each.tag != "p" or next(each.iterancestors("figcaption"), None) is not None):
            yield each


def _is_sentence(text: str) -> bool:
    bare = _CREDIT.sub("", text)
    return len(text) <= _LONGEST and len(bare.split()) >= _SENTENCE and bare.endswith(SENTENCE_ENDS)


def _prose(tree: HtmlElement, captions: set[str]) -> int:
    """The letters of the page's sentences besides the captions."""
    return sum(
        len(block.text)
        for block in blocks(tree)
        if block.linked < _NOT_PROSE and block.text not in captions and _is_sentence(block.text)
    )


def _put_behind(caption: HtmlElement, holder: HtmlElement) -> None:
    """Move a caption out of the element that holds its picture, right behind it, as a paragraph."""
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
