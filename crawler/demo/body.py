"""The markup of an article's body, and of the boxes between its paragraphs."""

import re
from html import escape

from crawler.demo.page_frame import View, part, story_part
from crawler.demo.stories import Story, StoryBlock

_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_LINK = re.compile(r"\[([^\[\]]+)\]\((\d+)\)")
_RELATED_AFTER = 3  # the theme's box follows this many blocks, in bodies of more than five


def body_html(view: View, story: Story) -> str:
    """The blocks of the story as HTML, in its layout, one line each."""
    if story.layout == "br":
        text = "<br>\n<br>\n".join(_inline(view, line) for block in story.body for line in block.lines)
        return f"<p>{text}</p>"
    parts = [_block_html(view, block, story.layout) for block in story.body]
    if len(parts) > 5 and story.layout != "div":
        parts.insert(_RELATED_AFTER, _related_box(view, story))
    return "\n".join(parts)


def neighbours_of(view: View, story: Story, count: int) -> list[Story]:
    """Other articles of the same category, then of any, newest first."""
    others = [other for other in view.paper.listed() if other.kind == "article" and other.id != story.id]
    return sorted(others, key=lambda other: other.category != story.category)[:count]


def _block_html(view: View, block: StoryBlock, layout: str) -> str:
    lines = [_inline(view, line) for line in block.lines]
    match block.kind:
        case "h2" | "h3":
            return f'<{block.kind} class="wp-block-heading">{lines[0]}</{block.kind}>'
        case "ul" | "ol":
            items = "".join(f"<li>{line}</li>" for line in lines)
            return f'<{block.kind} class="wp-block-list">{items}</{block.kind}>'
        case "quote":
            return f'<blockquote class="wp-block-quote"><p>{lines[0]}</p></blockquote>'
        case "read":
            return _read_also(view, block)
    if layout == "div":
        return f"<div>{lines[0]}</div>"
    return f"<p>{lines[0]}</p>" + ("\n<p>&nbsp;</p>" if layout == "spaced" else "")


def _inline(view: View, line: str) -> str:
    marked = _BOLD.sub(r"<strong>\1</strong>", escape(line, quote=False))
    return _LINK.sub(lambda link: f'<a href="{view.url(_story(view, int(link[2])))}">{link[1]}</a>', marked)


def _read_also(view: View, block: StoryBlock) -> str:
    # Editors write this line by hand in two ways: the words before the link, or the words inside it.
    story = _story(view, block.story or 0)
    say, title, url = block.lines[0], escape(story.title, quote=False), view.url(story)
    if say.startswith("إقرأ"):
        return f'<p><a href="{url}">{say} {title}</a></p>'
    return f'<p><strong>{say} <a href="{url}">{title}</a></strong></p>'


def _related_box(view: View, story: Story) -> str:
    others = neighbours_of(view, story, 2)
    return part("inline-related", items="".join(story_part(view, "widget-item", other) for other in others))


def _story(view: View, story_id: int) -> Story:
    return next(story for story in (*view.paper.published_stories(), *view.paper.gone()) if story.id == story_id)
