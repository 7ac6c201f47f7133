"""A newspaper with meaningless markup: divs with arbitrary class names, no metadata, one title for all pages."""

from crawler.site import Site

SITE = Site("paper", "https://paper.example/", country="EG", timezone="Africa/Cairo")
WRITERS = ("سلمى التيجاني", "ناصر العجمي", "هالة منصور")
SECTIONS = ("سياسة", "اقتصاد", "رياضة")
PLACES = ("طنجة", "صيدا", "نابلس", "عدن", "البصرة", "حلب", "سبها", "جدة", "بنغازي", "وهران", "الخليل", "تعز")
NUMBERS = ("ثلاثين", "خمسين", "سبعين", "تسعين", "عشرين", "أربعين", "ستين", "ثمانين", "مئة", "مئتين", "ألف", "ألفي")


def headline(number: int) -> str:
    return f"انطلاق الأشغال في ميناء {PLACES[number % 12]} بعد تأخر عامين رقم {NUMBERS[number % 12]}"


def paragraphs(number: int) -> list[str]:
    place, count = PLACES[number % 12], NUMBERS[number % 12]
    return [
        f"بدأت صباح الأحد أشغال توسعة ميناء {place} بكلفة بلغت {count} مليوناً بحسب بيان الشركة المشرفة على الورشة.",
        f"وقال مدير الورشة في {place} إن {count} عاملاً يتناوبون على الرصيف الجديد ليلاً ونهاراً حتى نهاية العام.",
        f"ويرى سكان {place} أن الطريق المؤدي إلى الرصيف يحتاج هو الآخر إلى {count} مصباحاً قبل الافتتاح الرسمي.",
    ]


def teaser(number: int) -> str:
    return f'<div class="k7"><a href="/a/{number}">{headline(number)}</a><div>مقتطف من الخبر الذي نشرناه أمس الأول</div></div>'


def page(number: int, *, appended: int | None = None, box: str = "") -> str:
    """The page of article `number`. appended: a further article on it. box: markup after the first paragraph."""
    menu = "".join(f'<div class="m1"><a href="/s/{each}">{SECTIONS[each]}</a></div>' for each in range(3))
    first, *rest = paragraphs(number)
    further = (
        f'<div class="x1"><div class="x2">{headline(appended)}</div><div class="x9">'
        + "".join(f"<div>{each}</div>" for each in paragraphs(appended))
        + "</div></div>"
        if appended is not None
        else ""
    )
    return f"""<html><head><title>الجريدة</title><meta name="author" content="Web House"></head><body>
<div class="t1">الأربعاء، 25 نوفمبر 2026</div><div class="t2">{menu}</div>
<div class="x0"><div class="x1"><div class="x4">{SECTIONS[number % 3]}</div><div class="x2">{headline(number)}</div>
<div class="x5"><span class="x6">{WRITERS[number % 3]}</span><span class="x7">{number % 27 + 1} أكتوبر 2026</span></div>
<div class="x9"><div>{first}</div>{box}{"".join(f"<div>{each}</div>" for each in rest)}
<div class="v3">لا تفوت: تابعوا قناتنا على المنصات كلها</div></div>
<div class="g1"><a class="g2" href="/t/{number}">ميناء {PLACES[number % 12]}</a><a class="g2" href="/t/w{number}">ورشة {NUMBERS[number % 12]}</a></div>
</div>{further}</div>
<div class="r1">{teaser((number + 3) % 12)}{teaser((number + 5) % 12)}{teaser((number + 7) % 12)}</div>
<div class="f1">جميع الحقوق محفوظة للجريدة</div></body></html>"""


def redesigned(number: int) -> str:
    """The page of article `number` after a redesign: another structure, other class names, other furniture."""
    cards = "".join(
        f'<li class="w7"><a href="/a/{(number + each) % 12}">{headline((number + each) % 12)}</a></li>'
        for each in (2, 4)
    )
    return f"""<html><head><title>الجريدة</title></head><body><ul class="w1"><li>من نحن</li><li>اتصل بنا</li></ul>
<table class="w2"><tr><td class="w3"><p class="w4">{headline(number)}</p><p class="w5">{number % 27 + 1} أكتوبر 2026</p>
<section class="w6">{"".join(f"<p>{each}</p>" for each in paragraphs(number))}<p class="w8">حمّل تطبيقنا الآن</p></section>
</td><td class="w9"><ul>{cards}</ul></td></tr></table></body></html>"""
