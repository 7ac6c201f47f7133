"""A Beirut paper with a print edition: pulled quotes that repeat the text, a file of related pieces, cards of writers below it."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import by_section, chips, grouped, names
from tests.benchmarks.invented.developed_outlets.fittings import ld
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here
from tests.benchmarks.invented.pages import Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li class="menu__item"><a class="menu__link" href="{url}">{label}</a></li>')
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{top}</head><body><header class="masthead"><div class="masthead__issue">{page.pick("edition")} — {page.today()}</div><a class="masthead__logo" href="/" title="{escape(page.outlet.title)}"></a><ul class="menu">{lines}</ul></header>{main}'
        f'<footer class="colophon"><div class="colophon__links">{about(page, "<a>{text}</a>")}</div><div class="colophon__legal">{page.label("footer")}</div></footer></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    words = story.paragraphs[-1].split()
    pulled = escape(" ".join(words[: len(words) // 2]))
    pieces = [
        lambda: f'<aside class="pulled" aria-hidden="true">{pulled}</aside>',
        lambda: f'<div class="layer layer--mail"><h4>{page.pick("newsletter")}</h4></div>',
        lambda: f'<div class="layer layer--file"><h4>{page.pick("also")}</h4>{rows(page, 2, "<div class=file__title><a href={url}>{title}</a></div>")}</div>',
        lambda: f'<figure class="layer layer--photo"><img src="/ph/{page.random.randint(1, 500)}.jpg"><figcaption>{page.pick("caption")} <em>{page.pick("credit")}</em></figcaption></figure>',
    ]  # fmt: skip
    parts = text_html(story.blocks, h="<h4>{}</h4>", quote='<p class="said">{}</p>')
    body = grouped(page, parts, '<div class="layer layer--text"><div class="prose">{}</div></div>', pieces, 4)
    who = names(page, '<a class="sig" href="/writers/{n}">{text}</a>', "، ")
    where = f'<span class="sig sig--desk">{page.pick("desk")}</span>' if not who else ""
    below = "".join(f'<div class="writer"><img src="/w/{len(each)}.jpg"><div class="writer__name">{escape(each)}</div><div class="writer__job">{page.pick("job")}</div><p class="writer__bio">{page.pick("bio")}</p></div>' for each in story.authors)  # fmt: skip
    source = f'<span class="sig sig--wire">{escape(story.agency)}</span>' if story.agency else ""
    sub = f'<div class="opening__deck">{escape(story.subtitle)}</div>' if story.subtitle else ""
    tags = f'<ul class="subjects">{chips(page, "<li>{text}</li>")}</ul>' if story.tags else ""
    file = rows(
        page,
        4,
        '<div class="opening opening--small"><div class="opening__title"><a href="{url}">{title}</a></div></div>',
    )
    main = (
        f'<div class="sheet"><div class="opening"><div class="opening__section"><a href="{here(page)}">{page.out(story.section.label)}</a></div><div class="opening__title"><h1>{escape(story.headline)}</h1></div>{sub}<div class="opening__sigs">{who}{where}{source}</div><div class="opening__day">{page.date()}</div></div><figure class="plate"><img src="{page.image()}"><figcaption>{page.out(story.caption)}</figcaption></figure><div class="tools"><span>{page.label("listen")}</span><span>{page.pick("minutes")}</span><span>{page.label("share")}</span></div><div class="layers">{body}</div>{tags}{below}</div>'
        f'<div class="dossier"><h3>{page.label("related")}</h3>{file}</div>'
    )
    people = [{"@type": "Person", "name": each} for each in story.authors]
    said = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "name": story.headline, "datePublished": story.when.isoformat(), "dateModified": page.fetched.isoformat()}, {"@type": "NewsArticle", "headline": story.headline, "datePublished": story.when.isoformat(), "image": page.image(), **({"author": people} if people else {})}]}  # fmt: skip
    return _frame(page, head(page, ld(said), title="{title} | {outlet}"), main)


def listing(page: Page) -> str:
    first = cards(page, '<div class="opening"><div class="opening__section">{section}</div><div class="opening__title"><a href="{url}">{title}</a></div><div class="opening__deck">{lead}</div><div class="opening__sigs"><span class="sig">{writer}</span></div></div>')  # fmt: skip
    small = cards(page, '<div class="opening opening--small"><img src="{image}"><div class="opening__title"><a href="{url}">{title}</a></div><div class="opening__day">{date}</div></div>')  # fmt: skip
    if page.section is None:
        box = '<div class="pages"><div class="page-name"><a href="{url}">{label}</a></div>{items}</div>'
        mixed = [*first[:3], *small[3:]]
        return _frame(page, head(page), f'<div class="sheet">{by_section(page, mixed, box)}</div>')
    title = f'<div class="page-name">{escape(page.section.label)}</div>'
    more = f'<a class="turn" href="{escape(page.outlet.section_url(page.section, page.number + 1))}">{page.label("next")}</a>'  # fmt: skip
    others = boxes(page, '<div class="dossier"><h3><a href="{url}">{label}</a></h3>{items}</div>', '<div class="opening opening--small"><div class="opening__title"><a href="{url}">{title}</a></div></div>', 2)  # fmt: skip
    read = rows(page, 5, '<li><a href="{url}">{title}</a></li>')
    return _frame(page, head(page), f'<div class="sheet">{title}{"".join(first[:4])}{"".join(small[4:])}{more}</div><ol class="rank"><li>{page.label("most")}</li>{read}</ol>{others}')  # fmt: skip


BUILD = Build(
    "edition_layers", article, listing, address("/{s}/{n}"), section_address=section_address("/page/{s}", "/{n}"),
    dates=("levant", "dual", "bracketed"), zones=("Asia/Beirut", "Asia/Damascus"),
    shows=Shows(moment="machine"),
    habits=Habits(bylines=0.7, agencies=0.2, subtitles=0.5, datelines=0.1, tags=0.5, extras=0.5, shortest=4, longest=20),
)  # fmt: skip
