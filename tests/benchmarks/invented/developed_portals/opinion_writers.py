"""A London paper of opinions: writers in cards and again in the text, the role after a star below, translators, threads of comments."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, further, section_url, text
from tests.benchmarks.invented.developed_portals.parts import address, cards, comments, menu, rows, section_address
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    name = escape(page.outlet.title)
    lines = menu(page, '<td><a href="{url}">{label}</a></td>')
    writers = rows(page, 5, '<li class="writer-li"><img src="{image}" class="rounded-circle"><div><a class="w-title" href="{url}">{title}</a></div></li>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body><header class="masthead"><a href="/"><img src="/logo.jpg" alt="{name}"></a><p class="motto">{page.out("صحيفة عربية إلكترونية مستقلة")}</p><div class="issue">{page.today()}</div><table class="menu-table"><tr>{lines}</tr></table></header><div class="layout">{main}<div class="col-writers"><h4>{page.out("كتّاب الموقع")}</h4><ul>{writers}</ul><div class="donate"><p>{page.out("ادعموا الصحافة المستقلة بتبرعكم")}</p></div></div></div>'
        f"<footer><p>{page.label('disclaimer')}</p><p>{page.label('footer')}</p></footer></body></html>"
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="ad-250"><small>{page.label("ad")}</small></div>',
        lambda: f'<p style="text-align: justify;"><a href="https://yt.example/{page.random.randint(1, 9)}">{page.pick("video")}</a></p>',
    ]  # fmt: skip
    body = text(page, pieces if page.chance(0.4) else [], 1, story.blocks, p='<p style="text-align: justify;">{}</p>', h='<p style="text-align: justify;"><strong>{}</strong></p>', quote='<p style="text-align: center;"><em>{}</em></p>')  # fmt: skip
    names = [escape(each) for each in story.authors]
    card = first = role = own = ""
    if names:
        first = f'<p style="text-align: justify;"><strong>{" و ".join(names)}</strong></p>' if page.chance(0.6) else ""
        role = f'<p style="text-align: justify;"><strong>* {page.pick("about_author")}</strong></p>' if page.chance(0.6) else ""  # fmt: skip
        if not first or page.chance(0.7):
            cells = "".join(f'<div class="writer-card"><img src="/writers/{n}.png"><div class="writer-name"><a href="/writer/{n}">{each}</a></div><div class="writer-job">{page.pick("job")}</div></div>' for n, each in enumerate(names))  # fmt: skip
            card = f'<div class="writer-cards">{cells}</div>'
        own = f'<div class="writer-more"><h4>{page.out("مقالات أخرى للكاتب")}</h4><ul>{rows(page, 4, "<li><a href={url}>{title}</a></li>")}</ul></div>'
    elif story.agency and not story.dateline:
        first = f"<p><strong>{page.out('لندن')} – ({escape(story.agency)})</strong></p>"
    if story.agency and names:
        role += f'<p class="small">({page.out("عن " + story.agency)})</p>'
    translated = f'<p class="translator">{page.pick("translated")}: {page.pick("byline")}</p>' if names and page.chance(0.2) else ""  # fmt: skip
    tags = "".join(f"<span>{escape(tag)}</span>" for tag in story.tags)
    label = f'<div class="taglist"><b>{page.label("tags")}</b>{tags}</div>' if tags else ""
    said = comments(page, '<li><div class="c-head"><b>{nick}</b> <i>Today at 10:1{n} am</i></div><div class="c-body"><p>{text}</p></div><a href="#">رد</a></li>', 5)  # fmt: skip
    sub = f'<h4 class="deck">{escape(story.subtitle)}</h4>' if story.subtitle else ""
    photo = f'<div class="art-photo"><img src="{page.image()}"></div>'
    main = (
        f'<div class="col-main"><div class="cat-strip"><a href="{section_url(page)}">{page.out(story.section.label)}</a></div><div class="art"><h2 class="art-title">{escape(story.headline)}</h2>{sub}<div class="art-date">{page.date()}</div>{card}{photo}<div class="art-tools"><a>{page.label("share")}</a> <a>{page.label("tools")}</a></div>'
        f'<div class="art-text">{first}{body}{translated}{role}</div>{label}</div>{own}<div class="polls"><p>{page.pick("poll")}</p></div><div class="comments-block"><h4>{page.label("comments")}</h4><ol>{said}</ol><p>{page.label("write_comment")}</p></div></div>'
    )
    head = f'<title>{escape(story.headline)}</title><meta property="og:type" content="article"><meta property="og:title" content="{escape(story.headline)}"><meta property="og:image" content="{page.image()}">'
    return _frame(page, head, main)


def listing(page: Page) -> str:
    lead = cards(page, '<div class="lead-art"><h2><a href="{url}">{title}</a></h2><a href="{url}"><img src="{image}"></a><p>{lead}.. <a href="{url}">تتمة</a></p></div>')  # fmt: skip
    op = cards(page, '<div class="op-item"><a href="{url}"><img class="op-face" src="{image}"></a><div class="op-writer">{writer}</div><h3><a href="{url}">{title}</a></h3></div>')  # fmt: skip
    row = cards(page, '<li><a href="{url}">{title}</a> <small>{date}</small></li>')
    others = elsewhere(page, '<div class="other-cat"><h3><a href="{url}">{label}</a></h3><ul>{items}</ul></div>', '<li><a href="{url}">{title}</a></li>')  # fmt: skip
    more = further(page, '<div class="older"><a href="{url}">{label} &raquo;</a></div>')
    main = f'<div class="col-main">{"".join(lead[:2])}<div class="op-grid">{"".join(op[2:6])}</div><ul class="plain">{"".join(row[6:])}</ul>{more}{others}</div>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "opinion_writers", article, listing, address("/{s}/opinion-{n}.html"), section_address=section_address("/{s}/", "?pg={n}"),
    dates=("weekday-plain", "of", "gulf"), zones=("Europe/London", "Asia/Amman"),
    habits=Habits(bylines=0.85, agencies=0.15, subtitles=0.15, datelines=0.05, tags=0.4, extras=0.15, shortest=5, longest=20),
)  # fmt: skip
