"""A popular daily of its own make: polls, readers and sign-ups between the paragraphs, a gallery, reactions, next and back."""

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


def address(outlet: Outlet, story: Story) -> str:
    return f"/{story.when:%Y/%m}/{story.section.slug}/{story.number}.shtml"


def section_address(section: Section, page: int) -> str:
    return f"/{section.slug}/index{page if page > 1 else ''}.shtml"


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    listed = rows(page, 6, '<li><span class="num">{n}</span><a href="{url}">{title}</a></li>')
    foot = "".join(f'<a href="/static/{n}.shtml">{fixed(page, each)}</a> · ' for n, each in enumerate(("أعلن في صفحاتنا", "من يصنع الجريدة", "شكاوى القراء", "شروط التعليق")))  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body class="daily"><div class="topline"><div class="paperdate">{fixed(page, "عدد اليوم")} {now(page, "maghreb")} — {varied(page, "السنة {#12-60}", "العدد {#2000-19000}")}</div><div class="paperlinks"><a href="/epaper">{fixed(page, "النسخة المطبوعة")}</a></div></div>'
        f'<div class="brandbar"><a href="/" class="brand"><img src="/brand.png" alt="{escape(page.outlet.title)}"></a></div><ul class="mainbar">{menu(page, "<li><a href={url}>{label}</a></li>")}</ul><div class="scroller"><strong>{fixed(page, "ساخن", "وصلنا حالاً")}</strong>{rows(page, 3, "<span><a href={url}>{title}</a></span>")}</div>'
        f'<div class="wrap"><div class="big">{main}</div><div class="small"><div class="bx"><div class="bxt">{fixed(page, "قائمة العشرة", "على كل لسان")}</div><ol>{listed}</ol></div><div class="bx"><div class="bxt">{fixed(page, "برجك")}</div><p>{varied(page, "الحمل: يوم مناسب لقرار أجلته منذ {#2-9} أسابيع", "الميزان: مفاجأة مالية قبل {wday}")}</p></div></div></div>'
        f'<div class="bottom">{foot}{name} {fixed(page, "مطابع الرسالة، طريق المنفذ القديم كيلو 7")}</div><div id="gdpr"><div>{fixed(page, "متابعتك للتصفح موافقة على سياسة البيانات لدينا")}</div><a href="#">{fixed(page, "حسناً، أخفِها")}</a></div></body></html>'
    )


def _poll(page: Page) -> str:
    choices = "".join(f'<label><input type="radio" name="q">{varied(page, *each)}</label>' for each in (("موافق", "نعم"), ("معارض", "كلا"), ("بين بين", "ليس الآن")))  # fmt: skip
    return f'<div class="inpoll"><p class="q">{varied(page, "هل ترى أن {matter} في مصلحة الناس؟", "كم مرة قصدت {spot} هذا العام؟", "هل تؤيد ما قاله {post}؟")}</p>{choices}<button>{fixed(page, "ضع صوتك")}</button><span>{varied(page, "شارك {#90-9000} قارئاً حتى اللحظة")}</span></div>'


def _shots(page: Page) -> str:
    return "".join(
        f'<a href="/g/{page.the.number}/{n}"><img src="/g/{page.the.number}-{n}.jpg"><span>{varied(page, "{caption}")}</span></a>'
        for n in range(3)
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(story.blocks, p='<p class="tx">{}</p>', h='<h3 class="tx">{}</h3>')
    pieces = [
        lambda: _poll(page),
        lambda: f'<div class="voices"><b>{fixed(page, "مما كتبه القراء", "ردودكم")}</b>{"".join(f"<q>{text}</q>" for text in page.several("reader", 2))}<a href="#comments">{fixed(page, "أدلِ بدلوك")}</a></div>',
        lambda: f'<p class="tx jump">{varied(page, "عرّج على:", "قصة أخرى من الملف:", "زد معلوماتك..")} {rows(page, 1, "<a href={url}>{title}</a>")}</p>',
        lambda: f'<div class="gallery"><b>{fixed(page, "شريط الصور")}</b>{_shots(page)}</div>',
        lambda: f'<div class="club"><p>{fixed(page, "نادي القراء: خصومات على المطاعم والسينما لحاملي البطاقة")}</p><a class="btn">{fixed(page, "احجز بطاقتك")}</a></div>',
        lambda: f'<p class="tx sp">{varied(page, "{sale}")}</p>',
    ]  # fmt: skip
    body = woven(parts, scattered(page, len(parts), pieces, 4))
    by = people(page, '<span class="pen">{name}</span>', '<span class="and">و</span>')
    city = f'<span class="city">{varied(page, "مراسل {place}", "مكتب {place}")}</span>' if by else ""
    date = f'<div class="stamp">{fixed(page, "طُرح الخبر", "على الموقع منذ")} {page.date()}</div>' if story.dated else ""
    moods = "".join(f"<li>{fixed(page, each)} <b>{page.random.randint(0, 99)}</b></li>" for each in ("أحزنني", "أضحكني", "أدهشني"))  # fmt: skip
    near = rows(page, 2, '<a class="turn t{n}" href="{url}"><small>' + fixed(page, "اقلب الورقة") + "</small>{title}</a>")  # fmt: skip
    comments = "".join(f'<div class="cmt"><div class="who">{varied(page, "{first} {#60-99}", "{first_f}", "قارئ من {place}")}</div><div class="what">{text}</div><div class="acts">{fixed(page, "ردّ")} | {fixed(page, "أبلغ عن إساءة")}</div></div>' for text in page.several("reader", page.random.randint(1, 4)))  # fmt: skip
    main = (
        f'<div class="story"><div class="over"><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div>{optional("<div class=shoulder>{}</div>", story.subtitle)}<h1>{escape(story.headline)}</h1><div class="line">{by}{city}{optional("<span class=wire>{}</span>", story.agency, page)}</div>{date}'
        f'<div class="main-pic"><img src="{page.image()}" alt=""><div class="under">{page.out(story.caption)} <i>{varied(page, "تصوير {man}", "عن الإنترنت", "أرشيفنا")}</i></div></div><div class="tools"><span>{fixed(page, "حجم الكلام")}</span><span>{fixed(page, "دع المذيع يقرأ لك")}</span></div><div class="thetext">{body}</div>'
        f'<div class="hashes">{tags(page, "<a href=/hash/{n}.shtml>{tag}</a>", " ")}</div><ul class="moods">{moods}</ul><div class="turns">{near}</div></div><div id="comments"><h4>{fixed(page, "منبر القراء")}</h4>{comments}<form><textarea></textarea><button>{fixed(page, "انشر كلامي")}</button><p>{fixed(page, "يُراجع كل تعليق قبل ظهوره")}</p></form></div>'
        f'<div class="others"><h4>{fixed(page, "لم ينته اليوم بعد", "ماذا أيضاً")}</h4>{rows(page, 4, "<div class=o><a href={url}><img src={image}><span>{title}</span></a></div>")}</div>'
    )
    return _frame(page, heads.crumbs(page), main)


def listing(page: Page) -> str:
    top, *rest = page.shown
    first = f'<div class="topstory"><a href="{page.outlet.url(top)}"><img src="{page.image(top)}" alt=""></a><h2><a href="{page.outlet.url(top)}">{escape(top.headline)}</a></h2><p>{escape(top.paragraphs[0])}</p></div>'
    items = "".join(
        f'<div class="o"><a href="{page.outlet.url(each)}"><img src="{page.image(each)}"><span>{escape(each.headline)}</span></a><em>{page.date(each)}</em></div>'
        for each in rest
    )
    pages = pager(page, '<a class="pg" href="{url}">{n}</a>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'{first}<div class="olist">{items}</div><div class="pgs">{pages}</div>')  # fmt: skip


BUILD = Build(
    "polls_paper", article, listing, address, section_address=section_address,
    dates=("ago-hours", "weekday-clock", "maghreb-dash"), zones=("Africa/Algiers", "Africa/Cairo"),
    habits=Habits(extras=0.4, longest=13, shortest=3, recent=True, agencies=0.25, bylines=0.65),
)  # fmt: skip
