"""Pages of teasers that declare nothing are no articles, however they are laid out; and plain articles stay articles."""

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.records import Capture, Extraction, Reason
from tests.support.newspapers.story_pages import NOW, TITLE

SITE = Site("example", "https://news.example/")
NEWS = (
    ("افتتاح معرض الزهور في حديقة المدينة", "افتتحت البلدية معرض الزهور السنوي، ويستمر حتى نهاية الأسبوع المقبل في الحديقة."),
    ("الفريق يعود من الدورة بثلاث ميداليات", "عاد فريق السباحة من الدورة الإقليمية بثلاث ميداليات، بينها ذهبية في سباق الصدر."),
    ("أسعار الزيت تنخفض مع بداية الموسم", "انخفضت أسعار زيت الزيتون في الأسواق المحلية، وقال التجار إن الموسم جيد هذا العام."),
    ("الجامعة تفتح باب القبول لطلبة الدراسات", "أعلنت الجامعة فتح باب القبول في برامج الدراسات العليا، وتقبل الطلبات حتى الخميس."),
    ("قطار جديد بين الميناء والسوق القديم", "بدأ تشغيل قطار خفيف يصل الميناء بالسوق القديم، ويمر في خمس محطات كل عشر دقائق."),
    ("المكتبة تستعيد مخطوطات من القرن الثالث", "استعادت المكتبة الوطنية مخطوطات نادرة، وستعرضها للزوار بعد ترميمها في الربيع."),
)  # fmt: skip
PAPERS = ("الضفة", "التلة", "الوادي", "السهل", "المرفأ", "القلعة")


def items(form: str) -> str:
    return "".join(form.format(n=n, title=title, teaser=teaser) for n, (title, teaser) in enumerate(NEWS))


def lines(form: str) -> str:
    return "".join(form.format(paper=paper) for paper in PAPERS)


DIGESTS = {
    "a table of links and teasers": "<table>" + items("<tr><td><a href=http://n{n}.example/>{title}</a></td><td>{teaser}</td></tr>") + "</table>",
    "headings that are links": items("<h3><a href=/{n}>{title}</a></h3><p>{teaser}</p>"),
    "a definition list": "<dl>" + items("<dt><a href=/{n}>{title}</a></dt><dd>{teaser}</dd>") + "</dl>",
    "teasers with a link before them": items("<p><a href=/{n}><b>{title}</b></a>: {teaser}</p>"),
    "teasers with a link below them": items("<p>{teaser}</p><p><a href=/{n}>المزيد</a></p>"),
    "teasers cut off": items("<div>{teaser}...</div>"),
    "teasers that end with more": items("<div>{teaser} اقرأ المزيد</div>"),
    "lines between breaks": "<font>" + items("<a href=/{n}>{title}</a><br>{teaser}<br><br>") + "</font>",
    "titles without links": items("<p>{title} | {title}</p>"),
    "titles in one list": "<ul>" + items("<li>{title}</li>") * 3 + "</ul>",
    "a directory of papers": lines("<p><a href=http://p.example/>{paper}</a> - صحيفة يومية تصدر في المدينة، وتعنى بأخبارها.</p>"),
    "a directory of papers in two columns": "<table>" + lines("<tr><td><a href=/>{paper}</a></td><td>صحيفة يومية تصدر في المدينة، وتعنى بأخبارها.</td></tr>") + "</table>",
    "a directory without links": "<p>© 2012 / أخبار المدينة والعالم</p>" + lines("<p>{paper} – صحيفة يومية تصدر في المدينة وتعنى بأخبارها وأخبار أهلها والبلدان المجاورة</p>"),
    "one long teaser among many": items("<h3><a href=/{n}>{title}</a></h3><p>{teaser}</p>") + f"<h3><a href=/9>{TITLE}</a></h3><p>{' '.join(teaser for _, teaser in NEWS)}</p>",
}  # fmt: skip


def read(body: str, title: str = "أخبار المدينة", head: str = "") -> Extraction:
    html = f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"
    url = "https://news.example/2025/11/22/index.html"
    return extract(Capture(url, "example", NOW, 200, (("Content-Type", "text/html"),), html.encode()), SITE)


@pytest.mark.parametrize("name", DIGESTS)
def test_a_digest_is_no_article(name: str) -> None:
    parsed = read(DIGESTS[name])
    assert parsed.reason in (Reason.LISTING, Reason.EMPTY)
    assert parsed.reason == Reason.EMPTY or "no date" in parsed.evidence["text"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:type" content="article">',
        '<meta name="author" content="أحمد علي">',
        '<meta property="article:published_time" content="2025-11-20T09:15:00+03:00">',
    ],
)
def test_a_page_that_declares_an_article_is_believed(head: str) -> None:
    assert read(DIGESTS["teasers cut off"], head=head).reason is None


PROSE = tuple(
    f"وقال مدير {place} إن العمل في المشروع سيبدأ مطلع الشهر المقبل، وإن أهل المدينة ينتظرونه منذ ثلاثة أعوام."
    for place in ("الميناء", "السوق", "المتحف", "المستشفى", "المسرح", "الملعب")
)


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p>{line}</p>" for line in PROSE),
        f"<p>{PROSE[0]}</p>",
        f"<div>{'<br><br>'.join(PROSE)}</div>",
        f"<p>{' '.join(PROSE)}</p>",
        "".join(f"<h2>في المدينة</h2><p>{line}</p>" for line in PROSE),
        "".join(f"<p>{line}</p>" for line in PROSE) + items("<h4><a href=/{n}>{title}</a></h4><div>{teaser}</div>"),
        "".join(f"<p>{line}</p><p><a href=/9>اقرأ أيضا: {TITLE}</a></p>" for line in PROSE),
        "".join(f"<p>{line[:70]}<a href=/9>{line[70:80]}</a>{line[80:]}</p>" for line in PROSE),
        f"<p>{PROSE[0]}</p><ul><li>ثلاثة مقاعد</li><li>أربعة كتب</li><li>خمسة أقلام</li><li>دفتران</li></ul><p>{PROSE[1]}</p>",
    ],
    ids=["paragraphs", "one", "breaks", "one block", "headings", "related below", "read also", "links within", "a list"],
)  # fmt: skip
def test_prose_that_declares_nothing_is_an_article(body: str) -> None:
    parsed = read(body, TITLE)
    assert parsed.reason is None
    assert PROSE[0] in parsed.article.text


def test_a_headline_that_is_a_link_to_the_page_itself_labels_nothing() -> None:
    cards = items("<h4><a href=/{n}>{title}</a></h4><div>{teaser}</div>")
    assert read(f"<h2><a href='/1'>{TITLE}</a></h2><p>{PROSE[0]}</p>{cards}", TITLE).reason is None
