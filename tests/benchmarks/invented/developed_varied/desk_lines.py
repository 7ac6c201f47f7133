"""A portal's desk: an agency and whoever edited share a line, a reporter stands with a city behind a slash."""

from html import escape

from tests.benchmarks.invented.developed_latest.frame import address, cards, section_address, titles
from tests.benchmarks.invented.developed_varied.shell import Shell, section_url, tags
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_SHELL = Shell(
    frame='<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="utf-8">{title}</head><body><div class="site-head"><a href="/">{name}</a><div class="site-nav">{menu}</div></div><div class="site-main">{main}</div><div class="site-side"><h4>{most}</h4>{boxes}</div><div class="site-foot">{footer}</div></body></html>',
    entry='<a class="lnk" href="{url}">{label}</a>',
    box='<div class="mini"><a href="{url}"><span>{title}</span></a></div>',
    insert='<div class="more-on">{label}<a href="{url}">{title}</a></div>',
)


def article(page: Page) -> str:
    story = page.the
    names, place = [escape(each) for each in story.authors], page.writer.say("place")
    if names and story.agency:
        line = f"{page.out(story.agency)} - {page.out('تحرير')}: {' / '.join(names)}"
    elif names:
        line = f"{' و '.join(names)} / {page.out(place)}"
    else:
        line = page.out(story.agency) if story.agency else page.out("أسرة الموقع")
    sub = f'<div class="dek">{escape(story.subtitle)}</div>' if story.subtitle else ""
    main = (
        f'<div class="crumb"><a href="{section_url(page, story.section)}">{page.out(story.section.label)}</a></div><h1 class="ttl">{escape(story.headline)}</h1>{sub}<div class="sub-line"><span class="a">{line}</span><span class="b">{page.date()}</span></div><div class="cover"><img src="{page.image()}"><span>{page.out(story.caption)}</span></div>'
        f'<div class="copy">{_SHELL.text(page, p="<div>{}</div>")}</div><div class="keys">{tags(page, "<span><a href=/key/{n}>{tag}</a></span>")}</div>'
    )
    return _SHELL.page(page, main, titles(page))


def listing(page: Page) -> str:
    wrap = cards(
        page,
        '<a class="crd" href="{url}"><div class="crd-i"><img src="{image}"></div><div class="crd-b"><h3>{title}</h3><p>{lead}</p><time>{date}</time></div></a>',
    )
    top = cards(
        page,
        '<article class="lead"><a class="cov" href="{url}"></a><img src="{image}"><div class="lead-b"><a class="sec" href="/x">{section}</a><h2>{title}</h2></div></article>',
    )
    title = f"<title>{escape(page.outlet.title)}</title>"
    more = (
        f'<a class="next" href="{escape(page.outlet.section_url(page.section, page.number + 1))}">{page.label("next")}</a>'
        if page.section
        else ""
    )
    rest = f'<div class="crds">{"".join(wrap[2:])}</div>'
    return _SHELL.page(page, f'<div class="leads">{"".join(top[:2])}</div>{rest}{more}', title)


BUILD = Build(
    "desk_lines", article, listing, address("/news/{d}/{n}"), section_address=section_address("/section/{s}", "/page/{n}"),
    dates=("gulf", "levant-clock", "ampm-slash"), zones=("Asia/Dubai", "Asia/Amman"),
    habits=Habits(bylines=0.7, agencies=0.4, subtitles=0.3, datelines=0.0),
)  # fmt: skip
