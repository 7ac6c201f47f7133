"""How a body stands in a page: the same blocks as paragraphs, as text with <br>, in bare <div>s, pasted from Word."""

from collections.abc import Callable
from html import escape

from tests.benchmarks.stories import Block

Markup = Callable[[Block], str]


def blocks(body: tuple[Block, ...], style: str, *, after: dict[int, str]) -> str:
    """The HTML of a body. after: what a theme or an editor put behind the n-th block; 0: before the first."""
    parts = [after.get(0, "")]
    for number, block in enumerate(body, 1):
        parts += [STYLES[style](block), after.get(number, "")]
    html = "\n".join(part for part in parts if part)
    return f'<p style="text-align: justify;">\n{html}\n</p>' if style == "one" else html


def _items(block: Block, attributes: str = "") -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in block.texts)
    return f"<{block.kind}{attributes}>{items}</{block.kind}>"


def _paragraphs(block: Block) -> str:
    text = escape(block.texts[0])
    simple = {"p": f"<p>{text}</p>", "h": f"<h3>{text}</h3>", "q": f"<blockquote><p>{text}</p></blockquote>"}
    return simple.get(block.kind) or _items(block)


def _justified(block: Block) -> str:
    """The classic editor: alignment on every paragraph, sub-headings in bold type."""
    text = escape(block.texts[0])
    if block.kind in ("p", "q"):
        return f'<p style="text-align: justify;">{text}</p>'
    return f"<p><strong>{text}</strong></p>" if block.kind == "h" else _items(block)


def _gutenberg(block: Block) -> str:
    text = escape(block.texts[0])
    simple = {
        "p": f'<p class="wp-block-paragraph">{text}</p>',
        "h": f'<h2 class="wp-block-heading">{text}</h2>',
        "q": f'<blockquote class="wp-block-quote is-layout-flow"><p>{text}</p></blockquote>',
    }
    return simple.get(block.kind) or _items(block, ' class="wp-block-list"')


def _breaks(block: Block) -> str:
    if block.kind == "h":
        return f"<b>{escape(block.texts[0])}</b><br />\n<br />"
    mark = "- " if block.kind in ("ul", "ol") else ""
    return "<br />\n".join(mark + escape(text) for text in block.texts) + "<br />\n<br />"


def _one(block: Block) -> str:
    """Lines of the one <p> that holds the whole body."""
    text = "<br>".join(escape(text) for text in block.texts)
    return f"<strong>{text}</strong><br>" if block.kind == "h" else f"{text}<br>"


def _divisions(block: Block) -> str:
    if block.kind in ("ul", "ol"):
        return _items(block)
    text = escape(block.texts[0])
    return f"<div><b>{text}</b></div>" if block.kind == "h" else f"<div>{text}</div>"


def _blogger(block: Block) -> str:
    if block.kind in ("ul", "ol"):
        return _items(block, ' style="text-align: right;"')
    text = escape(block.texts[0])
    text = f"<b>{text}</b>" if block.kind == "h" else text
    return f'<div dir="rtl" style="text-align: right;"><span style="font-size: large;">{text}</span></div><div dir="rtl"><br /></div>'


def _word(block: Block) -> str:
    texts = (f"· {text}" if block.kind in ("ul", "ol") else text for text in block.texts)
    return "\n".join(
        f'<p class="MsoNormal" dir="RTL" style="text-align:justify"><span lang="AR-SA" style="font-size:14.0pt;'
        f'font-family:&quot;Simplified Arabic&quot;">{escape(text)}</span><span dir="LTR"><o:p>&nbsp;</o:p></span></p>'
        for text in texts
    )


STYLES: dict[str, Markup] = {
    "p": _paragraphs,
    "justified": _justified,
    "gutenberg": _gutenberg,
    "br": _breaks,
    "one": _one,
    "div": _divisions,
    "blogger": _blogger,
    "word": _word,
}
