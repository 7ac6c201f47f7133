"""One article's page: its head, its body, and the theme's boxes below them."""

from datetime import UTC
from html import escape

from crawler.demo import stories
from crawler.demo.body import body_html, neighbours_of
from crawler.demo.newspaper import NAME
from crawler.demo.page_frame import (
    DELIMITER,
    View,
    author_span,
    category_link,
    frame,
    part,
    story_part,
    template,
    view_count,
)
from crawler.demo.schema_org import theme_json, yoast_json
from crawler.demo.stories import Story
from crawler.demo.wording import minutes_to_read, visible_date


def post_html(view: View, story: Story) -> str:
    """The page of any story, whatever its kind."""
    title = ("محمي: " if story.kind == "protected" else "") + story.title
    return frame(
        view,
        title=title,
        head=_head(view, story, title),
        body_class=f"wp-singular post-template-default single single-post postid-{story.id} single-format-"
        + ("video" if story.kind == "video" else "standard"),
        main=_main(view, story, title),
        after=_check_also(view, story),
    )


def excerpt(story: Story) -> str:
    """The first words of the story, as cards, feeds and descriptions quote them."""
    if story.kind == "protected":
        return "لا يوجد مقتطف لأن هذه المقالة محمية."
    words = " ".join(story.paragraphs).split()
    return " ".join(words[:20]) + ("…" if len(words) > 20 else "")


def _head(view: View, story: Story, title: str) -> str:
    url = view.url(story)
    lines = [
        f'<link rel="canonical" href="{url}">',
        f'<link rel="shortlink" href="{view.base}/?p={story.id}">',
        f'<meta name="description" content="{escape(excerpt(story))}">',
        '<meta property="og:locale" content="ar_AR">',
        f'<meta property="og:type" content="{"video.other" if story.kind == "video" else "article"}">',
        f'<meta property="og:title" content="{escape(title)} - {NAME}">',
        f'<meta property="og:url" content="{url}">',
        f'<meta property="og:site_name" content="{NAME}">',
        f'<meta property="og:image" content="{view.image_url(story)}">',
    ]
    published = view.paper.moment(story)
    if story.date == "yoast":
        modified = view.paper.modified(story).astimezone(UTC).isoformat()
        lines += [
            f'<meta property="article:published_time" content="{published.astimezone(UTC).isoformat()}">',
            f'<meta property="article:modified_time" content="{modified}">',
            f'<script type="application/ld+json" class="yoast-schema-graph">{yoast_json(view, story)}</script>',
        ]
    elif story.date == "meta":
        lines.append(f'<meta property="article:published_time" content="{published.isoformat()}">')
    return "\n".join(lines)


def _main(view: View, story: Story, title: str) -> str:
    trail = stories.badges(story.category)
    theme_schema = ""
    if story.date == "tie":
        theme_schema = f'\n<script id="tie-schema-json" type="application/ld+json">{theme_json(view, story)}</script>'
    subtitle = f'\n<h2 class="entry-sub-title">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    return template("post.html").substitute(
        base=view.base,
        title=escape(title, quote=False),
        crumbs=DELIMITER.join(category_link(view, category) for category in reversed(trail)),
        badges="".join(
            f'<a class="post-cat tie-cat-{category.id}" href="{view.category_url(category)}">{category.name}</a>'
            for category in trail
        ),
        subtitle=subtitle,
        authors="".join(author_span(view, slug) for slug in story.by),
        date=visible_date(story.date, view.paper.moment(story), view.paper.local_now),
        comments=story.id % 9,
        views=view_count(view, story),
        reading_time=minutes_to_read(sum(len(line.split()) for line in story.paragraphs)),
        featured=_featured(view, story),
        body=_body(view, story) + theme_schema,
        source=part("source", agency=escape(story.agency)) if story.agency else "",
        tags=_tags(view, story),
        author_box="".join(_author_box(view, slug) for slug in story.by),
        neighbours=_prev_next(view, story),
        related="".join(story_part(view, "related-item", other) for other in neighbours_of(view, story, 4)),
    )


def _body(view: View, story: Story) -> str:
    if story.kind == "protected":
        return part("password-form", base=view.base)
    if story.kind == "video":
        return part("player", title=escape(story.title), base=view.base, id=story.id)
    return body_html(view, story)


def _featured(view: View, story: Story) -> str:
    if story.kind in ("protected", "video"):
        return ""
    caption = part("caption", text=escape(story.caption)) if story.caption else ""
    return part("featured", image=view.image_url(story), caption=caption)


def _tags(view: View, story: Story) -> str:
    links = [f'<a href="{view.tag_url(tag)}" rel="tag">{escape(tag)}</a>' for tag in story.tags]
    return part("tags", links=" ".join(links)) if links else ""


def _author_box(view: View, slug: str) -> str:
    author = stories.authors()[slug]
    return part("author-box", url=view.author_url(slug), name=escape(author.name), bio=escape(author.bio))


def _prev_next(view: View, story: Story) -> str:
    order = [other for other in view.paper.listed() if other.kind == "article"]
    place = next((i for i, other in enumerate(order) if other.id == story.id), None)
    if place is None:
        return ""
    sides = (("prev", order[place + 1 : place + 2]), ("next", order[max(place - 1, 0) : place]))
    return "".join(story_part(view, "neighbour", other, side=side) for side, others in sides for other in others)


def _check_also(view: View, story: Story) -> str:
    others = neighbours_of(view, story, 5)[-1:]
    return part("check-also", items="".join(story_part(view, "widget-item", other) for other in others))
