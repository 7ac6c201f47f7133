"""Next.js with an app router: CSS modules, payload scripts between elements, blocks that arrive late in hidden divisions."""

import json
from html import escape
from urllib.parse import quote

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, now, older, people, rows, scattered, tags, varied
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/ar/{story.section.slug}/{story.when:%Y/%m/%d}/{quote(story.headline[:60].replace(' ', '-'))}"


def section_address(section: Section, page: int) -> str:
    return f"/ar/{section.slug}" + (f"?page={page}" if page > 1 else "")


def _flight(*lines: object) -> str:
    return "".join(
        f"<script>self.__next_f.push([1,{json.dumps(json.dumps(each, ensure_ascii=False), ensure_ascii=False)}])</script>".replace(
            "</p", "\\u003c/p"
        )
        for each in lines
    )


def _late(number: int, inner: str) -> str:
    return f'<div hidden id="S:{number}">{inner}</div><script>$RC("B:{number}","S:{number}")</script>'


def _frame(page: Page, head: str, main: str, late: str) -> str:
    name = page.out(page.outlet.title)
    links = menu(page, '<li class="Nav_item__b7Q1r"><a class="Nav_link__Zk0sP" href="{url}">{label}</a></li>')
    rail = rows(page, 5, '<li class="Trending_row__hh1Wd"><a href="{url}"><span class="Trending_no__J3">{n}</span><span class="Trending_txt__mB9">{title}</span></a></li>')  # fmt: skip
    aside = f'<aside class="Trending_root__v1"><h2 class="Trending_h__s">{fixed(page, "يُقرأ بكثرة هذه الساعة", "صدارة القراءات")}</h2><ol>{rail}</ol></aside>'
    foot = "".join(
        f'<a class="Footer_link__t1" href="/ar/page/{n}">{fixed(page, each)}</a>'
        for n, each in enumerate(("خط التحرير", "اتصلوا بالديسك", "الخصوصية وملفات التعريف", "وظائف شاغرة لدينا"))
    )
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl" class="__variable_8b3a1c"><head><meta charSet="utf-8"/>{head}<link rel="preload" as="script" href="/_next/static/chunks/webpack-51.js"/></head><body class="theme_root__Yq2">'
        f'<div class="Shell_bar__P2x"><span suppressHydrationWarning>{now(page, "levant-clock")}</span><button aria-label="ثيم" type="button"></button></div><header class="Header_wrap__7Qe"><a class="Header_logo__8sD" href="/ar">{name}</a><nav><ul class="Nav_list__0Q">{links}</ul></nav></header>'
        f'<!--$-->{main}<!--/$--><!--$?--><template id="B:0"></template><div class="Skeleton_box__q1"></div><!--/$--><!--$?--><template id="B:1"></template><!--/$-->'
        f'<footer class="Footer_root__aV3">{foot}<p class="Footer_legal__w2">{fixed(page, "كل ما يُنشر هنا ملك لأصحابه © 2026", "الحقوق محجوزة 2026")} {name}</p></footer>'
        f'<div class="Consent_sheet__kk0" role="dialog"><p>{fixed(page, "نحتاج إلى إذنك لحفظ تفضيلات القراءة على جهازك")}</p><button>{fixed(page, "نعم، تفضلوا")}</button></div>'
        f"{_late(0, aside)}{late}"
        f"{_flight({'P': None, 'c': ['', 'ar']}, 'HL[/_next/static/css/app.css]')}</body></html>"
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p='<p class="Body_p__nT4vR">{}</p>',
        h='<h2 class="Body_h__1xLsA">{}</h2>',
        quote='<blockquote class="Body_q__W0"><p>{}</p></blockquote>',
        item='<li class="Body_li__c"><span>{}</span></li>',
        items='<ul class="Body_ul__c2">{}</ul>',
    )
    pieces = [
        lambda: rows(page, 1, f'<div class="Embed_story__Xo3"><span class="Embed_tag__a">{varied(page, "لا يفوتك", "من ملفاتنا", "خلفية القصة")}</span><a href="{{url}}"><img alt="" src="{{image}}"/><strong>{{title}}</strong></a></div>'),
        lambda: f'<div class="Slot_ad__m3"><span>{fixed(page, "مساحة معلن", "إعلان ممول")}</span><div id="gpt-{story.number}-2"></div></div>',
        lambda: f'<blockquote class="twitter-tweet" data-lang="ar"><p lang="ar" dir="rtl">{varied(page, "{tweet}")}</p>&mdash; {page.out(page.outlet.title)} (@live_{story.number % 7}) <a href="https://twitter.com/x/status/1">November 3, 2026</a></blockquote>',
        lambda: f'<div class="Letter_inline__Bb"><h3>{fixed(page, "موجز السابعة صباحاً في بريدك")}</h3><form><input type="email"/><button>{fixed(page, "أضيفوني")}</button></form></div>',
    ]  # fmt: skip
    by = people(page, '<a class="By_name__u8" href="/ar/authors/{n}">{name}</a>', '<span class="By_and__1"> و</span>')
    wire = f'<span class="By_wire__2">{page.out(story.agency)}</span>' if story.agency else ""
    sub = f'<p class="Head_deck__G5">{escape(story.subtitle)}</p>' if story.subtitle else ""
    chips = tags(page, '<a class="Chip_root__9" href="/ar/topics/{n}">{tag}</a>')
    main = (
        f'<main class="Page_main__R1"><article class="Story_root__L4"><header class="Head_root__e1"><a class="Head_kicker__Nb" href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a><h1 class="Head_title__kQ">{escape(story.headline)}</h1>{sub}'
        f'<div class="By_root__y">{by}{wire}<time class="By_time__x1" dateTime="{story.when.isoformat()}">{page.date()}</time><span class="By_len__">{varied(page, "تُقرأ في {#2-8} د", "{#2-8} دقائق من وقتك")}</span></div></header>'
        f'<figure class="Hero_fig__o"><img alt="" src="{page.image()}"/><figcaption class="Hero_cap__p">{page.out(story.caption)}<span class="Hero_src__">{varied(page, "({man})", "(غيتي)", "(إ.ب.أ)")}</span></figcaption></figure>'
        f'<div class="Tools_row__0a"><button>{fixed(page, "احفظ المادة")}</button><button>{fixed(page, "كبّر الخط")}</button></div><div class="Body_root__QqZ">{woven(parts, scattered(page, len(parts), pieces, 3))}</div>'
        f'<div class="Chip_list__3">{chips}</div></article></main>'
    )
    more = rows(page, 4, '<a class="Card_root__12" href="{url}"><h3 class="Card_t__">{title}</h3></a>')
    late = _late(1, f'<section class="More_root__"><h2>{fixed(page, "في السياق نفسه", "للتوسع")}</h2>{more}</section>')
    payload = ["$", "$L12", None, {"story": {"id": story.number, "body": [each.lines[0] for each in story.blocks]}}]
    return _frame(page, heads.social(page), main, late + _flight(payload))


def listing(page: Page) -> str:
    lead, *rest = page.shown
    card = '<article class="Card_root__12"><a href="{}"><img alt="" src="{}"/></a><div class="Card_meta__5"><a href="{}">{}</a><time>{}</time></div><h3 class="Card_t__"><a href="{}">{}</a></h3></article>'
    cards = "".join(
        card.format(
            *(escape(page.outlet.url(each)), page.image(each), page.outlet.section_url(each.section)),
            *(escape(each.section.label), page.date(each), escape(page.outlet.url(each)), escape(each.headline)),
        )
        for each in rest
    )
    hero = f'<section class="Lead_root__"><a href="{escape(page.outlet.url(lead))}"><img alt="" src="{page.image(lead)}"/><h2 class="Lead_t__4">{escape(lead.headline)}</h2><p>{escape(lead.paragraphs[0])}</p></a></section>'
    more = older(page, f'<a class="Pager_next__" href="{{url}}">{fixed(page, "أقدم من ذلك")}</a>')
    main = f'<main class="Page_main__R1">{hero}<div class="Grid_root__">{cards}</div>{more}</main>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main, "")


BUILD = Build(
    "next_streamed", article, listing, address, section_address=section_address,
    dates=("levant-clock", "before-hours", "ampm-words"), zones=("Asia/Beirut", "Asia/Dubai"),
    shows=Shows(moment="machine"), habits=Habits(extras=0.8, longest=16, recent=True, agencies=0.25),
)  # fmt: skip
