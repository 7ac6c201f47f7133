"""A culture magazine on the WordPress block editor: pull quotes, drop capitals, footnotes, interviews, bios with portraits."""

from html import escape
from urllib.parse import quote

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import (
    fixed,
    menu,
    older,
    optional,
    people,
    rows,
    scattered,
    tags,
    varied,
)
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/{story.when:%Y/%m}/{quote(story.headline[:50].strip(' .').replace(' ', '-'))}-{story.number % 100}/"


def section_address(section: Section, page: int) -> str:
    return f"/category/{section.slug}/" + (f"page/{page}/" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8" />{head}<meta name="generator" content="WordPress 6.6" /></head><body class="rtl wp-embed-responsive"><div class="wp-site-blocks"><header class="wp-block-template-part"><div class="wp-block-group alignwide is-layout-flex"><p class="wp-block-site-title"><a href="/">{name}</a></p><p class="wp-block-site-tagline">{fixed(page, "فصلية تُعنى بما يبقى", "للنص الطويل والصورة المتأنية")}</p><nav class="wp-block-navigation"><ul class="wp-block-navigation__container">{menu(page, "<li class=wp-block-navigation-item><a href={url}><span>{label}</span></a></li>")}</ul></nav></div></header>'
        f'{main}<footer class="wp-block-template-part"><div class="wp-block-columns"><div class="wp-block-column"><p>{fixed(page, "تصدر عن دار الحبر الأول، العدد بثلاثة دنانير")}</p></div><div class="wp-block-column"><p class="has-small-font-size">{fixed(page, "نرحب بمقترحات الكتابة على عنوان التحرير")} {name}</p></div></div></footer></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        h='<h2 class="wp-block-heading has-text-align-center">{}</h2>',
        quote='<blockquote class="wp-block-quote is-layout-flow"><p>{}</p></blockquote>',
        items='<ul class="wp-block-list">{}</ul>',
        table='<figure class="wp-block-table is-style-stripes"><table><tbody>{}</tbody></table></figure>',
    )
    parts[0] = parts[0].replace("<p>", '<p class="has-drop-cap">', 1)
    sentences = [part for block in story.blocks if block.kind == "p" for part in block.lines[0].split(". ")]
    pulled = page.random.choice([each for each in sentences if len(each.split()) > 8] or [""]).rstrip(".")
    pieces = [
        lambda: f'<figure class="wp-block-pullquote alignleft"><blockquote><p>{page.out(pulled)}</p></blockquote></figure>' if pulled else "",
        lambda: f'<figure class="wp-block-image size-large"><img src="/wp-content/uploads/{story.number}.jpg" alt=""/><figcaption class="wp-element-caption">{varied(page, "{caption}")}</figcaption></figure>',
        lambda: '<hr class="wp-block-separator has-alpha-channel-opacity"/>',
        lambda: f'<div class="wp-block-group has-background" style="background-color:#eee">{rows(page, 1, "<p class=has-small-font-size>" + varied(page, "من عدد فائت", "يقابل هذا النص", "كُتب في المسألة") + "</p><p><strong><a href={url}>{title}</a></strong></p>")}</div>',
        lambda: f'<div class="wp-block-media-text is-stacked-on-mobile"><figure class="wp-block-media-text__media"><img src="/cover.jpg" alt=""/></figure><div class="wp-block-media-text__content"><p>{varied(page, "{scene_blurb}")}</p><div class="wp-block-buttons"><a class="wp-block-button__link">{fixed(page, "اقتنِ العدد")}</a></div></div></div>',
    ]  # fmt: skip
    body = woven(parts, scattered(page, len(parts), pieces, 3))
    by = people(page, '<a href="/contributor/{n}/">{name}</a>', "، ")
    bio = people(page, '<div class="wp-block-columns contributor"><figure class="wp-block-image is-style-rounded"><img src="/c{n}.jpg" alt=""/></figure><div><h3 class="wp-block-heading">{name}</h3><p>{about}</p><ul class="wp-block-social-links"><li><a href="https://instagram.com/c{n}"><span class="screen-reader-text">Instagram</span></a></li></ul></div></div>')  # fmt: skip
    date = f'<div class="wp-block-post-date"><span>{page.date()}</span></div>' if story.dated else ""
    near = rows(page, 2, '<div class="post-navigation-link-{n} wp-block-post-navigation-link"><a href="{url}" rel="prev">{title}</a></div>')  # fmt: skip
    main = (
        f'<main class="wp-block-group"><div class="wp-block-post-terms taxonomy-category"><a href="{page.outlet.section_url(story.section)}" rel="tag">{page.out(story.section.label)}</a></div><h1 class="wp-block-post-title">{escape(story.headline)}</h1>{optional("<p class=wp-block-post-excerpt__excerpt>{}</p>", story.subtitle)}'
        f'<div class="wp-block-group is-layout-flex">{"<p class=by>" + fixed(page, "نص:", "يكتبها", "حوار وصياغة:") + " " + by + "</p>" if by else ""}{optional("<p class=src>{}</p>", story.agency, page)}{date}</div><figure class="wp-block-post-featured-image"><img src="{page.image()}" alt=""/></figure><p class="has-text-align-center has-small-font-size">{page.out(story.caption)}</p>'
        f'<div class="entry-content wp-block-post-content is-layout-constrained">{body}</div><div class="wp-block-post-terms taxonomy-post_tag"><span class="wp-block-post-terms__prefix">{fixed(page, "في الهامش", "مسارات")} </span>{tags(page, "<a href=/tag/{n}/ rel=tag>{tag}</a>", "<span>، </span>")}</div>{bio}<nav>{near}</nav>'
        f'<div class="wp-block-query"><h2 class="wp-block-heading">{fixed(page, "رفوف مجاورة", "لقراءة أخرى")}</h2><ul class="wp-block-post-template">{rows(page, 3, "<li class=wp-block-post><figure><img src={image}></figure><h3 class=wp-block-post-title><a href={url}>{title}</a></h3></li>")}</ul></div></main>'
    )
    return _frame(page, heads.plugin(page), main)


def listing(page: Page) -> str:
    items = "".join(
        f'<li class="wp-block-post post-{each.number} type-post"><figure class="wp-block-post-featured-image"><a href="{page.outlet.url(each)}"><img src="{page.image(each)}" alt=""></a></figure><h2 class="wp-block-post-title"><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></h2><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{escape(each.paragraphs[0][:160])}&hellip; </p></div><div class="wp-block-post-date"><span>{page.date(each)}</span></div></li>'
        for each in page.shown
    )
    more = older(page, f'<a href="{{url}}" class="wp-block-query-pagination-next">{fixed(page, "نصوص سبقت")}</a>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<main class="wp-block-query"><ul class="wp-block-post-template">{items}</ul><nav class="wp-block-query-pagination">{more}</nav></main>')  # fmt: skip


BUILD = Build(
    "quotes_magazine", article, listing, address, section_address=section_address,
    dates=("gulf", "levant-gulf", "maghreb"), zones=("Asia/Beirut", "Africa/Tunis"),
    shows=Shows(moment="machine"),
    habits=Habits(extras=0.9, longest=24, shortest=3, bylines=0.9, agencies=0.05, datelines=0.0, subtitles=0.6),
)  # fmt: skip
