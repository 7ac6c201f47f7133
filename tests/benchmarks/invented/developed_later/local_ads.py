"""A local site that lives by advertisements: they look like paragraphs, the text is cut by boxes with page numbers."""

from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import poll, rows, scattered, teaser
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/?news={story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/?cat={section.slug}" + (f"&paged={page}" if page > 1 else "")


def _promo(page: Page) -> str:
    return page.random.choice(
        (
            '<p style="color:red;text-align:center"><a href="https://ads.example/{n}" rel="nofollow">{said}</a></p>',
            '<div class="bnr"><img src="/ads/{n}.gif" width="468"><br>{said}</div>',
            "<p>{said}</p>",
            '<center><font size="+1"><b>{said}</b></font></center>',
        )
    ).format(n=page.random.randint(1, 99), said=page.pick("promo"))


def _numbers(page: Page, label: str) -> str:
    links = "".join(
        f'<a class="pgn" href="{escape(page.outlet.url(page.the))}&amp;part={n}">{n}</a>' for n in range(1, 4)
    )
    return f'<div class="parts"><span>{label}</span>{links}</div>'


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = " | ".join(
        f'<a href="{escape(outlet.section_url(each))}">{page.out(each.label)}</a>' for each in outlet.sections
    )
    vote = poll(page, '<div class="wgt"><b>{question}</b>{options}</div>', '<label><input type="radio"> {}</label>')
    services = "".join(f"<li>{each}</li>" for each in page.several("promo", 3))
    return (
        f'<!DOCTYPE html><html dir="rtl"><head><meta charset="utf-8">{head}</head><body><div id="skyscraper">{_promo(page)}</div><div id="hdr"><a href="/"><img src="/logo.png" alt="{escape(outlet.title)}"></a><div>{page.today()} - {page.pick("weather")}</div><div class="mnu">{menu}</div></div>'
        f'<div id="tick"><strong>{page.label("latest")}</strong> {rows(page, 4, "<a href={url}>{clock} {title}</a> &#9632; ")}</div><table width="100%"><tr><td id="right">{main}</td><td id="left"><div class="wgt"><b>{page.label("most")}</b>{rows(page, 6, "<div class=it><a href={url}>{title}</a></div>")}</div>{vote}<ul class="wgt">{services}</ul></td></tr></table>'
        f'<div id="ftr">{page.label("footer")} - {page.out(outlet.title)} - {page.label("follow")}</div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    p, h = page.random.choice(
        (("<p>{}</p>", "<p><b>{}</b></p>"), ("{}<br><br>", "<b>{}</b><br>"), ("<div>{}</div>", "<div><u>{}</u></div>"))
    )
    parts = text_html(story.blocks, p=p, h=h, quote=p.format("<i>{}</i>"))
    pieces = [
        lambda: _promo(page),
        lambda: _promo(page),
        lambda: teaser(
            page,
            '<p>{label} : <a href="{url}">{title}</a></p>',
            '<div class="it"><a href="{url}"><img src="/s.jpg">{title}</a></div>',
            '<fieldset><legend>{label}</legend><a href="{url}">{title}</a><br><a href="{url2}">{title2}</a></fieldset>',
            '<p>{blurb}</p><p><a href="{url}">{title}</a></p>',
        ),
        lambda: f'<p class="sm">{page.pick("ad")}</p>',
    ]
    inserts = scattered(page, len(parts), pieces, 4)
    inserts[len(parts) // 2] = inserts.get(len(parts) // 2, "") + _numbers(page, page.label("next"))
    at_end = page.chance(0.5)
    by = f"<div><b>{page.out('، '.join(story.authors))}</b></div>" if story.authors else ""
    if at_end:
        inserts[99] = by
    source = f"<div>{page.out('وكالات/ ' + story.agency)}</div>" if story.agency else ""
    date = f"<div>{page.date()}</div>" if story.dated else ""
    sub = f"<h3>{escape(story.subtitle)}</h3>" if story.subtitle else ""
    tags = " ".join(f'<a href="/?k={n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    replies = "".join(
        f'<div class="cm"><b>{n}.</b> {text}</div>'
        for n, text in enumerate(page.several("comment", page.random.randint(0, 5)), 1)
    )
    main = (
        f'<div class="cat"><a href="{escape(page.outlet.section_url(story.section))}">{page.out(story.section.label)}</a></div>{_promo(page)}<h2>{escape(story.headline)}</h2>{sub}{"" if at_end else by}{date}<div><img src="{page.image()}"><br><small>{page.out(story.caption)} {page.pick("credit")}</small></div>'
        f'<div class="nws">{woven(parts, inserts)}{source}{_promo(page)}</div>{_numbers(page, page.label("next"))}<div class="kw">{tags}</div><div class="cms"><b>{page.label("comments")}</b>{replies}<p>{page.label("write_comment")}</p></div>'
        f'<div class="rel"><b>{page.label("related")}</b>{rows(page, 4, "<p><a href={url}>{title}</a></p>")}</div>'
    )
    return _frame(page, heads.rendered_now(page), main)


def listing(page: Page) -> str:
    items = [
        f'<div class="row1"><a href="{escape(page.outlet.url(each))}"><img src="{page.image(each)}"></a><a href="{escape(page.outlet.url(each))}"><b>{escape(each.headline)}</b></a><br>{escape(each.paragraphs[0][:70])}</div>'
        for each in page.shown
    ]
    pager = ""
    if page.section:
        pager = "".join(
            f'<a class="pgn" href="{escape(page.outlet.section_url(page.section, n))}">{n}</a>'
            for n in range(1, page.pages + 1)
        )
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f"{woven(items, {3: _promo(page), 7: _promo(page)})}<div class='parts'>{pager}</div>",
    )


BUILD = Build(
    "local_ads", article, listing, address, section_address=section_address,
    dates=("numeric", "ampm-slash", "morocco"), zones=("Asia/Gaza", "Africa/Casablanca"),
    shows=Shows(), habits=Habits(extras=0.3, longest=11, undated=0.25, agencies=0.35),
)  # fmt: skip
