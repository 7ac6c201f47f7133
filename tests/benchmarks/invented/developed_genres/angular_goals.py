"""A sports portal on Angular: matches with line-ups and a box of scores, standings, minute by minute, dates counted back."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, names
from tests.benchmarks.invented.developed_genres.fittings import (
    entries_html,
    filled,
    more_link,
    og,
    reactions,
    read_also,
    story_text,
)
from tests.benchmarks.invented.developed_genres.genres import figures, live, match, table_html
from tests.benchmarks.invented.developed_portals.parts import (
    address,
    cards,
    comments,
    menu,
    poll,
    rows,
    section_address,
)
from tests.benchmarks.invented.developed_regions.fittings import about, between, boxes, head, here
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

P = '<div _ngcontent-ng-c11="" class="txt">{}</div>'


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<a _ngcontent-ng-c27="" routerlinkactive="active" href="{url}">{label}</a>')
    scores = "".join(f'<div _ngcontent-ng-c52="" class="fx"><span _ngcontent-ng-c52="">{each}</span><b _ngcontent-ng-c52="">{page.random.randint(0, 4)}</b></div>' for each in page.several("club", 4))  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl" data-critters-container=""><head><meta charset="utf-8"><base href="/">{top}</head><body><app-root _nghost-ng-c01="" ng-version="17.3.0"><app-header _nghost-ng-c27=""><a _ngcontent-ng-c27="" href="/">{escape(page.outlet.title)}</a><div _ngcontent-ng-c27="" class="mn">{lines}</div></app-header><app-scores _nghost-ng-c52=""><div _ngcontent-ng-c52="" class="strip">{scores}</div></app-scores><router-outlet></router-outlet>{main}'
        f'<app-footer _nghost-ng-c31="">{about(page, "<a _ngcontent-ng-c31>{text}</a>")}<div _ngcontent-ng-c31="">{page.label("footer")}</div></app-footer></app-root></body></html>'
    )


def article(page: Page) -> str:
    choice = page.random.random()
    top = ""
    pieces = [
        lambda: read_also(page, '<app-also _nghost-ng-c77=""><div _ngcontent-ng-c77="" class="ttl">{label}</div>{items}</app-also>', '<a _ngcontent-ng-c77="" href="{url}">{title}</a>'),
        lambda: f'<app-ad _nghost-ng-c80=""><div _ngcontent-ng-c80="">{page.label("ad")}</div></app-ad>',
        lambda: f'<app-install _nghost-ng-c81=""><div _ngcontent-ng-c81="">{page.pick("app")}</div></app-install>',
    ]  # fmt: skip
    if choice < 0.3:
        lines, men, score = match(page)
        top = f'<app-match _nghost-ng-c60=""><div _ngcontent-ng-c60="" class="sc">{score}</div></app-match>'
        parts = filled(P, lines)
        parts += [f'<div _ngcontent-ng-c11="" class="txt"><b>{escape(club)}:</b></div>{P.format(escape(each))}' for club, each in men]  # fmt: skip
        body = between(page, parts[:-2], pieces, 1) + "".join(parts[-2:])
    elif choice < 0.45:
        first, table, last = figures(page, "الفريق|لعب|فاز|نقاط الجولة {#2-38}", "club", low=0, high=60)
        body = f'{"".join(filled(P, first))}<table _ngcontent-ng-c11="" class="st"><tbody>{table_html(table)}</tbody></table>{"".join(filled(P, last))}'
    elif choice < 0.65:
        entries = live(page, heads=0.2)
        form = '<div _ngcontent-ng-c90="" class="ev"><span _ngcontent-ng-c90="" class="mi">{clock}</span>{head}{body}</div>'  # fmt: skip
        parts = entries_html(entries, form, '<b _ngcontent-ng-c90="">{}</b>', '<div _ngcontent-ng-c90="">{}</div>')
        body = f'{"".join(text_html(page.the.blocks[:1], p=P))}<app-minutes _nghost-ng-c90=""><div _ngcontent-ng-c90="" class="hd">{page.label("live")}</div>{"".join(parts)}</app-minutes>'
    else:
        body = story_text(page, pieces, 2, p=P, h='<div _ngcontent-ng-c11="" class="txt"><b>{}</b></div>', quote='<div _ngcontent-ng-c11="" class="qt">{}</div>', items='<ul _ngcontent-ng-c11="">{}</ul>')  # fmt: skip
    story = page.the
    who = names(page, '<span _ngcontent-ng-c44="" class="by">{text}</span>', " ") or f'<span _ngcontent-ng-c44="" class="by">{page.out(page.outlet.title)}</span>'  # fmt: skip
    agency = f'<span _ngcontent-ng-c44="" class="src">{escape(story.agency)}</span>' if story.agency else ""
    sub = f'<h2 _ngcontent-ng-c44="" class="sb">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    tags = f'<app-tags _nghost-ng-c61="">{chips(page, "<a _ngcontent-ng-c61 href=/tag/{n}>{text}</a>")}</app-tags>' if story.tags else ""  # fmt: skip
    vote = poll(page, '<app-poll _nghost-ng-c62=""><div>{question}</div>{answers}</app-poll>', "<button>{text}</button>") if page.chance(0.4) else ""  # fmt: skip
    said = comments(page, '<div _ngcontent-ng-c63="" class="cm"><i>{nick}</i><span>{text}</span></div>', 5)
    main = (
        f'<app-story _nghost-ng-c44=""><div _ngcontent-ng-c44="" class="cr"><a _ngcontent-ng-c44="" href="/">{page.label("home")}</a><a _ngcontent-ng-c44="" href="{here(page)}">{escape(story.section.label)}</a></div><h1 _ngcontent-ng-c44="">{escape(story.headline)}</h1>{sub}<div _ngcontent-ng-c44="" class="inf">{who}{agency}<span _ngcontent-ng-c44="">{page.date()}</span><span _ngcontent-ng-c44="">{page.pick("views")}</span></div><img _ngcontent-ng-c44="" src="{page.image()}"><div _ngcontent-ng-c44="" class="cp">{page.out(story.caption)}</div>{top}<app-body _nghost-ng-c11="">{body}</app-body>{tags}{vote}<app-react _nghost-ng-c64="">{reactions(page, "<button>{text}<b>{n}</b></button>")}</app-react><app-comments _nghost-ng-c63=""><h3>{page.label("comments")}</h3>{said}</app-comments></app-story>'
        f'<app-side _nghost-ng-c70=""><h3>{page.label("most")}</h3>{rows(page, 6, "<a _ngcontent-ng-c70 class=it href={url}><img src={image}>{title}</a>")}</app-side>'
    )
    return _frame(page, head(page, og(page, "{outlet} : {title}"), title="{outlet} : {title}"), main)


def listing(page: Page) -> str:
    items = cards(page, '<app-card _nghost-ng-c20=""><a _ngcontent-ng-c20="" href="{url}"><img _ngcontent-ng-c20="" src="{image}"><div _ngcontent-ng-c20="" class="tt">{title}</div></a><div _ngcontent-ng-c20="" class="tm">{date}</div></app-card>')  # fmt: skip
    more = more_link(page, '<a _ngcontent-ng-c21="" class="mr" href="{url}">{label}</a>')
    others = boxes(page, '<app-box _nghost-ng-c22=""><a _ngcontent-ng-c22="" href="{url}">{label}</a>{items}</app-box>', '<a _ngcontent-ng-c22="" class="it" href="{url}">{title}</a>') if page.section else ""  # fmt: skip
    side = rows(page, 6, '<a _ngcontent-ng-c70="" class="it" href="{url}"><img src="{image}">{title}</a>')
    return _frame(page, head(page), f'<app-list _nghost-ng-c20=""><div class="gr">{"".join(items)}</div>{more}</app-list><app-side _nghost-ng-c70=""><h3>{page.label("most")}</h3>{side}</app-side>{others}')  # fmt: skip


BUILD = Build(
    "angular_goals", article, listing, address("/news/{n}/{s}"), section_address=section_address("/{s}", "?page={n}"),
    dates=("ago-hours", "before-hours", "ago-days"), zones=("Asia/Riyadh", "Asia/Kuwait"),
    habits=Habits(bylines=0.4, agencies=0.2, subtitles=0.3, datelines=0.2, tags=0.7, extras=0.3, longest=9, recent=True),
)  # fmt: skip
