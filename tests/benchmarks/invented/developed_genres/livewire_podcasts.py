"""An independent site on Laravel with Livewire: podcasts with chapters, talks with letters, bold sub-headings, corrections."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, names
from tests.benchmarks.invented.developed_genres.fittings import (
    entries_html,
    filled,
    ld,
    more_link,
    og,
    read_also,
    story_text,
)
from tests.benchmarks.invented.developed_genres.genres import become, corrected, lines_of, talk
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address, share
from tests.benchmarks.invented.developed_regions.fittings import about, between, boxes, head, here
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Block, Habits

BOLD = "<p><b>{}</b></p>"


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li><a wire:navigate href="{url}">{label}</a></li>')
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="csrf-token" content="k1">{top}</head><body x-data="{{}}"><div wire:id="n1" wire:snapshot="{{}}"><a class="logo" href="/">{escape(page.outlet.title)}</a><ul>{lines}</ul></div>{main}<div wire:id="c1" x-show="open" class="consent"><p>{page.label("cookies")}</p></div>'
        f"<footer>{about(page, '<a>{text}</a>')}<p>{page.label('footer')}</p></footer></body></html>"
    )


def _podcast(page: Page) -> str:
    heads = lines_of(page, "chapter", 3, 7, keep=3)
    at, lines = 0, []
    for each in heads:
        lines.append(f"{at // 60:02}:{at % 60:02} {each}")
        at += page.random.randint(50, 500)
    become(page, [*page.the.blocks[:-1], Block("list", tuple(lines))])
    first = "".join(text_html(page.the.blocks[:-1]))
    marks = "".join(filled("<li>{}</li>", lines))
    shows = rows(page, 3, '<div class="ep"><button>▶</button><a href="{url}">{title}</a><span>{clock}</span></div>')
    return f'<div wire:id="p1" class="player"><audio src="/a.mp3"></audio><span>00:00</span><span>{page.label("platforms")}</span></div>{first}<ul class="marks">{marks}</ul><div class="eps"><h3>{page.label("episodes")}</h3>{shows}</div>'


def article(page: Page) -> str:
    choice = page.random.random()
    pieces = [
        lambda: read_also(page, '<div class="inset"><span>{label}</span>{items}</div>', '<a wire:navigate href="{url}">{title}</a>', 2),
        lambda: f'<div wire:id="s1" class="signup"><h4>{page.pick("newsletter")}</h4><p wire:loading>{page.label("subscribe")}</p></div>',
        lambda: f'<div class="support"><p>{page.pick("wall")}</p></div>',
    ]  # fmt: skip
    who_label = "كتابة"
    end = ""
    if choice < 0.2:
        body = _podcast(page)
    elif choice < 0.45:
        ask, answer = page.random.choice((("س: {}", "ج: {}"), ("سطور: {}", f"{page.writer.say('name')}: {{}}")))
        entries = talk(page, ask, answer)
        parts = text_html(page.the.blocks[:2]) + entries_html(entries, "{head}{body}", "<p>{}</p>", "<p>{}</p>")
        body = between(page, parts, pieces, 2)
        who_label = "أجرى الحوار"
    elif choice > 0.75:
        note = corrected(page)
        end = f"<hr><p><em>{escape(note)}</em></p>"
        body = between(page, text_html(page.the.blocks[:-1], h=BOLD), pieces, 2)
    else:
        body = story_text(page, pieces, 2, h=BOLD, quote='<p class="pull">{}</p>')
    story = page.the
    photo = f'<span class="c">{page.out("تصوير")}: <a href="/c/9">{page.out(page.writer.say("byline"))}</a></span>' if page.chance(0.4) else ""  # fmt: skip
    who = f'<span class="c">{who_label}: {names(page, "<a href=/c/{n}>{text}</a>", " و")}</span>' if story.authors else ""  # fmt: skip
    agency = f'<span class="c">{escape(story.agency)}</span>' if story.agency else ""
    sub = f'<p class="dek">{escape(story.subtitle)}</p>' if story.subtitle else ""
    tags = f'<ul class="chips">{chips(page, "<li>{text}</li>")}</ul>' if story.tags else ""
    main = f'<main><div class="kick"><a wire:navigate href="{here(page)}">{escape(story.section.label)}</a></div><h1>{escape(story.headline)}</h1>{sub}<div class="credits">{who}{photo}{agency}<span class="d">{page.date()}</span></div><div wire:id="l1" class="act"><button wire:click="like">{page.random.randint(1, 90)}</button>{share(page, "<button>{text}</button>")}<span>{page.pick("minutes")}</span></div><div class="hero"><img src="{page.image()}"><p>{page.out(story.caption)}</p></div><div class="prose">{body}{end}</div>{tags}<div class="err"><a>{page.label("error")}</a></div><section wire:id="m1"><h2>{page.label("related")}</h2>{rows(page, 4, "<div class=tile><a wire:navigate href={url}><img src={image}><h3>{title}</h3></a></div>")}</section></main>'
    day = f"{story.when:%Y-%m-%d}"
    meta = og(page) + ld(page, "Article", datePublished=day, author={"@type": "Person", "name": page.outlet.title})
    return _frame(page, head(page, meta, title="{title} | {outlet}"), main)


def listing(page: Page) -> str:
    items = cards(page, '<div class="tile"><a wire:navigate href="{url}"><img src="{image}"><h3>{title}</h3></a><p>{lead}</p><span>{writer}</span><span class="d">{date}</span></div>')  # fmt: skip
    more = more_link(page, '<a wire:navigate class="older" href="{url}">{label}</a>')
    others = boxes(page, '<section><h2><a wire:navigate href="{url}">{label}</a></h2>{items}</section>', '<div class="tile"><a wire:navigate href="{url}"><h3>{title}</h3></a></div>') if page.section else ""  # fmt: skip
    return _frame(page, head(page), f'<main><div wire:id="g1" class="grid">{"".join(items)}</div>{more}<div class="support"><p>{page.pick("wall")}</p></div>{others}</main>')  # fmt: skip


BUILD = Build(
    "livewire_podcasts", article, listing, address("/{d}/{s}/u/{n}"), section_address=section_address("/topic/{s}", "?page={n}"),
    dates=("maghreb-dash", "of", "levant-bar"), zones=("Africa/Algiers", "Africa/Cairo", "Asia/Beirut"),
    habits=Habits(bylines=0.7, agencies=0.1, subtitles=0.5, datelines=0.05, tags=0.6, extras=0.6, longest=12),
)  # fmt: skip
