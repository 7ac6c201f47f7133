"""A local paper on Bootstrap 3: panels, wells and labels, icons for words, tabs in the sidebar, obituaries and prices."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import (
    fixed,
    menu,
    now,
    optional,
    pager,
    people,
    rows,
    scattered,
    tags,
    varied,
)
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_MEDIA = '<div class="media"><div class="media-right"><a href="{url}"><img class="media-object" src="{image}" width="64"></a></div><div class="media-body"><h5 class="media-heading"><a href="{url}">{title}</a></h5></div></div>'


def address(outlet: Outlet, story: Story) -> str:
    return f"/news/details/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/news/list/{section.slug}" + (f"/{page}" if page > 1 else "")


def _panel(title: str, inner: str, kind: str = "default") -> str:
    return f'<div class="panel panel-{kind}"><div class="panel-heading"><h3 class="panel-title">{title}</h3></div><div class="panel-body">{inner}</div></div>'


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    prices = "".join(f'<li class="list-group-item"><span class="badge">{page.random.randint(3, 99)}</span>{fixed(page, each)}</li>' for each in ("كيلو البندورة", "أسطوانة الغاز", "غرام 21"))  # fmt: skip
    dead = "".join(f"<p>{page.out(page.writer.fill('انتقل إلى رحمته تعالى الحاج {man} والعزاء في {place}'))}</p>" for _ in range(2))  # fmt: skip
    side = (
        _panel(fixed(page, "بورصة السوق البلدي"), f'<ul class="list-group">{prices}</ul>', "success")
        + _panel(fixed(page, "لا تبرح قبل قراءتها", "نبض الشارع"), rows(page, 5, _MEDIA), "danger")
        + _panel(fixed(page, "وفيات"), dead)
    )
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta http-equiv="X-UA-Compatible" content="IE=edge">{head}<link href="/css/bootstrap-rtl.min.css" rel="stylesheet"></head><body><div class="container"><div class="row hidden-xs"><div class="col-md-6"><p class="navbar-text"><i class="fa fa-clock-o"></i> {now(page, "gulf-clock")}</p></div><div class="col-md-6"><p class="navbar-text pull-left">{varied(page, "رقم الطوارئ {#100-199}", "أذان المغرب {#5-7}:{#10-59}")}</p></div></div>'
        f'<nav class="navbar navbar-inverse"><div class="navbar-header"><a class="navbar-brand" href="/">{name}</a></div><ul class="nav navbar-nav">{menu(page, "<li><a href={url}>{label}</a></li>")}</ul></nav><div class="alert alert-danger alert-dismissible"><button class="close">&times;</button><b>{fixed(page, "على السريع", "الآن الآن")}</b> {rows(page, 1, "<a class=alert-link href={url}>{title}</a>")}</div>'
        f'<div class="row"><div class="col-md-8">{main}</div><div class="col-md-4">{side}</div></div><footer class="well"><div class="row"><div class="col-sm-6">{name} - {fixed(page, "رخصة مطبوعات 2211، رئيس التحرير المسؤول: الأستاذ مفيد سعادة")}</div><div class="col-sm-6 text-left">{fixed(page, "تطوير: شبكة الشمال للحلول البرمجية")}</div></div></footer></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        h="<h4>{}</h4>",
        table='<div class="table-responsive"><table class="table table-bordered">{}</table></div>',
    )
    pieces = [
        lambda: f'<div class="well well-sm"><span class="label label-info">{varied(page, "زاوية متصلة", "خبر ذو علاقة", "سبق أن قرأتم")}</span>{rows(page, 2, _MEDIA)}</div>',
        lambda: f'<div class="thumbnail text-center"><small class="text-muted">{fixed(page, "رعاية", "فقرة مدفوعة")}</small><p>{varied(page, "{sale}")}</p></div>',
        lambda: f'<div class="embed-responsive embed-responsive-16by9"><iframe src="https://www.youtube.com/embed/{story.number}"></iframe></div><p class="help-block">{varied(page, "الفيديو من قناة {place} المحلية")}</p>',
        lambda: f'<p class="lead text-center"><a href="https://fb.example/p">{varied(page, "أعجبتك صفحتنا؟ ضع إعجاباً لتصلك أخبار {place}")}</a></p>',
    ]  # fmt: skip
    body = woven(parts, scattered(page, len(parts), pieces, 2))
    by = people(page, '<li><i class="fa fa-pencil"></i> <a href="/writer/{n}">{name}</a></li>')
    date = f'<li><i class="fa fa-calendar"></i> {page.date()}</li>' if story.dated else ""
    seen = f'<li><i class="fa fa-eye"></i> {varied(page, "{#100-9000}")}</li>'
    replies = "".join(
        f'<li class="list-group-item"><h5 class="list-group-item-heading">{varied(page, "{first}", "ابن البلد", "متابعة")} <small>{varied(page, "منذ {#2-9} أيام")}</small></h5><p class="list-group-item-text">{text}</p></li>'
        for text in page.several("reader", page.random.randint(0, 3))
    )
    rule = fixed(page, "الشتائم تُحذف دون إنذار")
    said = _panel(
        fixed(page, "قالوا في الخبر"),
        f'<ul class="list-group">{replies}</ul><textarea class="form-control"></textarea><p class="help-block">{rule}</p>',
    )
    near = _panel(fixed(page, "من أخبار المنطقة", "حولنا"), rows(page, 3, _MEDIA))
    main = (
        f'<ol class="breadcrumb"><li><a href="/"><i class="fa fa-home"></i></a></li><li class="active"><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></li></ol><div class="panel panel-default"><div class="panel-body"><div class="page-header"><h1>{escape(story.headline)}{optional("<br><small>{}</small>", story.subtitle)}</h1></div>'
        f'<ul class="list-inline text-muted">{by}{date}{seen}</ul><a href="{page.image()}" class="thumbnail"><img class="img-responsive" src="{page.image()}" alt=""><div class="caption">{page.out(story.caption)}</div></a><div class="btn-group"><a class="btn btn-default btn-xs">{fixed(page, "خط أصغر")}</a><a class="btn btn-default btn-xs">{fixed(page, "خط أكبر")}</a></div>'
        f'<div class="text-justify">{body}</div>{optional("<p class=text-left><strong>/{}/</strong></p>", story.agency, page)}<p>{tags(page, "<a class=label href=/tagged/{n}>{tag}</a>", " ")}</p></div><div class="panel-footer"><span>{fixed(page, "خلّي غيرك يعرف")}</span> <a class="btn btn-primary btn-sm"><i class="fa fa-facebook"></i></a></div></div>'
        f"{said}{near}"
    )
    return _frame(page, heads.not_json(page), main)


def listing(page: Page) -> str:
    cells = "".join(
        f'<div class="col-sm-6"><div class="thumbnail"><a href="{page.outlet.url(each)}"><img src="{page.image(each)}" alt=""></a><div class="caption"><h4><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></h4><p class="text-muted"><i class="fa fa-calendar"></i> {page.date(each)}</p><p>{escape(each.paragraphs[0][:80])}</p><a class="btn btn-default btn-sm" href="{page.outlet.url(each)}">{fixed(page, "إلى التفاصيل")}</a></div></div></div>'
        for each in page.shown
    )
    pages = pager(page, '<li><a href="{url}">{n}</a></li>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<div class="row">{cells}</div><ul class="pagination">{pages}</ul>')  # fmt: skip


BUILD = Build(
    "bootstrap_three", article, listing, address, section_address=section_address,
    dates=("gulf-clock", "numeric", "levant-gulf"), zones=("Asia/Amman", "Asia/Hebron"),
    habits=Habits(extras=0.45, longest=10, undated=0.15, agencies=0.3),
)  # fmt: skip
