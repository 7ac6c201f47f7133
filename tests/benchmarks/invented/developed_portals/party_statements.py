"""A party's site in Laravel: Hijri dates, a table of facts above the text, paragraphs pasted from Word, statements as PDF, hashtags."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import changed, elsewhere, filled, section_url, text
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, pager, rows, section_address
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_WORD = '<p class="MsoNormal" dir="RTL" style="text-align:justify"><span lang="AR-SA" style="font-family:&quot;Sakkal Majalla&quot;">{}<o:p></o:p></span></p>'


def _frame(page: Page, head: str, main: str) -> str:
    name = escape(page.outlet.title)
    lines = menu(page, '<li class="nav-item"><a class="nav-link" href="{url}">{label}</a></li>', '<li class="nav-item"><a class="nav-link active" aria-current="page" href="{url}">{label}</a></li>')  # fmt: skip
    services = "".join(f"<li>{each}</li>" for each in page.several("service", 4))
    slogans = rows(
        page, 3, '<div class="marquee-item"><i class="bi bi-star-fill"></i><a href="{url}">{title}</a></div>'
    )
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="csrf-token" content="x">{head}</head><body><div class="access-bar"><button>{page.out("تباين عال")}</button><button>{page.out("تكبير الخط")}</button><button>{page.out("قارئ الشاشة")}</button></div><nav class="navbar navbar-expand-lg"><a class="navbar-brand" href="/"><img src="/storage/logo.png" alt="{name}"><span>{page.out(page.outlet.title)}</span></a><ul class="navbar-nav">{lines}</ul></nav><div class="marquee">{slogans}</div><div class="container my-4">{main}</div>'
        f'<footer><div class="row"><ul class="col">{services}</ul><div class="col"><p>{page.label("follow")}</p><p>{page.out("هاتف: 021-440917  ص.ب 5512")}</p></div></div><p>{page.label("footer")}</p><p>{page.out("عدد زوار الموقع")} {page.out(str(page.random.randint(100_000, 999_999)))}</p></footer></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="gallery row"><figure class="col"><img src="/storage/g/{page.random.randint(1, 99)}.jpg"><figcaption>{page.pick("caption")}</figcaption></figure></div>',
        lambda: f'<div class="pdf-embed"><object data="/storage/files/{page.random.randint(1, 99)}.pdf"></object><a href="#">{page.pick("pdf")}</a></div>',
    ]  # fmt: skip
    body = text(page, pieces, 1 if page.chance(0.4) else 0, story.blocks, p=_WORD, h=_WORD.format("<b>{}</b>"), quote=_WORD.format("«{}»"), item='<li><span lang="AR-SA">{}</span></li>', items="<ol>{}</ol>", table='<div class="table-responsive"><table class="MsoTableGrid"><tbody>{}</tbody></table></div>')  # fmt: skip
    rows_ = [
        ("التاريخ", page.date()),
        ("التصنيف", f'<a href="{section_url(page)}">{page.out(story.section.label)}</a>'),
        ("صادر عن", page.out("المكتب الإعلامي")),
        ("الزيارات", page.out(str(page.random.randint(101, 9999)))),
    ]
    if story.authors:
        rows_.append(("إعداد", "، ".join(escape(each) for each in story.authors)))
        if page.chance(0.5):
            rows_.append(("تصوير", page.pick("byline")))
    if story.agency:
        rows_.append(("المصدر", escape(story.agency)))
    if page.chance(0.4):
        rows_.append(("آخر تعديل", changed(page)))
    facts = "".join(f"<tr><th>{page.out(name)}</th><td>{value}</td></tr>" for name, value in rows_)
    tags = " ".join(f"#{escape(tag.replace(' ', '_'))}" for tag in story.tags)
    hashes = f'<p class="text-primary hashtags">{tags}</p>' if tags else ""
    files = f'<div class="attachments"><h5><i class="bi bi-paperclip"></i> {page.out("المرفقات")}</h5><div class="card"><a href="/storage/files/{story.number}.pdf">{page.pick("pdf")}</a><small>{page.out(f"{page.random.randint(120, 900)} KB")}</small></div></div>' if page.chance(0.6) else ""  # fmt: skip
    stars = (
        f'<div class="rate"><p>{page.out("هل كان هذا المحتوى مفيداً؟")}</p><button>نعم</button><button>لا</button></div>'
    )
    main = (
        f'<nav aria-label="breadcrumb"><ol class="breadcrumb"><li class="breadcrumb-item"><a href="/">{page.label("home")}</a></li><li class="breadcrumb-item"><a href="{section_url(page)}">{page.out(story.section.label)}</a></li><li class="breadcrumb-item active">{page.out("تفاصيل")}</li></ol></nav><div class="row"><div class="col-lg-9"><div class="card border-0"><img class="card-img-top" src="{page.image()}" alt="{escape(story.caption)}"><div class="card-body"><h3 class="card-title fw-bold">{escape(story.headline)}</h3>{filled("<h6 class=card-subtitle>{}</h6>", story.subtitle)}<table class="table table-sm facts"><tbody>{facts}</tbody></table>'
        f'<div class="card-text">{body}</div>{hashes}{files}<div class="d-flex"><button class="btn">{page.label("share")}</button><button class="btn">{page.label("tools")}</button></div>{stars}</div></div></div><div class="col-lg-3"><h5>{page.label("latest")}</h5>{rows(page, 5, "<div class=side-item><a href={url}>{title}</a></div>")}<h5>{page.out("إصدارات")}</h5><ul><li><a href="/storage/b.pdf">{page.out("النظام الداخلي")}</a></li></ul></div></div><h5>{page.label("related")}</h5><div class="row">{rows(page, 3, "<div class=col><div class=card><img src={image}><div class=card-body><a class=stretched-link href={url}>{title}</a></div></div></div>")}</div>'
    )
    head = f'<title>{escape(page.outlet.title)} | {escape(story.headline)}</title><meta property="og:image" content="{page.image()}">'
    return _frame(page, head, main)


def listing(page: Page) -> str:
    card = cards(page, '<div class="col-md-4"><div class="card h-100"><img class="card-img-top" src="{image}"><div class="card-body"><p class="card-date"><i class="bi bi-calendar"></i> {date}</p><h5 class="card-title"><a href="{url}">{title}</a></h5><a class="btn btn-sm" href="{url}">قراءة الخبر</a></div></div></div>')  # fmt: skip
    line = cards(page, '<a class="list-group-item list-group-item-action" href="{url}"><div class="d-flex"><h6>{title}</h6><small>{date}</small></div></a>')  # fmt: skip
    others = elsewhere(page, '<div class="mt-4"><h4><a href="{url}">{label}</a></h4><ul class="list-unstyled">{items}</ul></div>', '<li><a href="{url}">{title}</a></li>', 2)  # fmt: skip
    pages = pager(page, '<li class="page-item"><a class="page-link" href="{url}">{n}</a></li>', '<li class="page-item active"><span class="page-link">{n}</span></li>')  # fmt: skip
    papers = f'<div class="docs"><h4>{page.out("بيانات بصيغة PDF")}</h4><a href="/storage/files/1.pdf">{page.pick("pdf")}</a></div>'
    label = escape(page.section.label) if page.section else page.label("latest")
    main = f'<h2 class="section-title">{label}</h2><div class="row">{"".join(card[:6])}</div><div class="list-group">{"".join(line[6:])}</div><ul class="pagination">{pages}</ul>{papers}{others}'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "party_statements", article, listing, address("/ar/posts/{n}"), section_address=section_address("/ar/categories/{s}", "?page={n}"),
    dates=("hijri-both", "hijri-before", "hijri-slash", "hijri-alone"), zones=("Asia/Aden", "Asia/Riyadh", "Asia/Baghdad"),
    habits=Habits(bylines=0.3, agencies=0.15, subtitles=0.2, datelines=0.1, tags=0.6, extras=0.6, shortest=2, longest=11),
)  # fmt: skip
