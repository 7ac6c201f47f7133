"""Page furniture: the one list of words in class and id names that mark parts outside of a page's article or listing.

The words are in furniture.tsv; each row has a kind and a set of words. Each column is for one reader (a part of the
extraction or of link finding) and says what the words mean to it; "-" means nothing.

body       cut: an element with the word is cut out of the text, unless it holds a good part of it. if short: only if it
           is short or mostly links, since articles use the word for their own parts, too.
fields     a writer, a label or a picture in it is another article's. within: also inside a longer word ("mainmenu").
           at end: only if a word of the name ends with it ("comments-list", "tag_cloud"; not "commentary").
dates      out: a date in it is not the article's. unless own: except in a part that is named as the article's
           ("post-header"). within: also inside a longer word; most of these are clocks, which show the day of reading.
headline   out: a headline in it counts little.
listing    out: a link in it is not part of the page's listing. pager: only if it holds few headlines. slider: only if
           its articles are not the next newer ones of the listing. strict: only if the page has a listing elsewhere,
           since Blogger and page builders make widgets of the listing itself.

Columns differ because a word means different things to the readers: a listing consists of cards, lists and the latest
news; articles have headers, captions and galleries of their own; headlines are in breadcrumb bars and beside share
buttons; BBC names every card of a listing a promo.
"""

import re
from functools import lru_cache
from importlib import resources

from lxml.html import HtmlElement

TAGS = frozenset({"nav", "aside", "footer", "menu", "dialog", "marquee"})
# Only for listings, with further tests: articles have headers, and ASP.NET wraps whole pages in a form.
LISTING_TAGS = TAGS | {"header", "form"}
ROLES = frozenset({"navigation", "complementary", "contentinfo", "banner", "search"})
# Words that, beside a word of "unless own", name an article's own part.
OWN = frozenset({"article", "post", "entry", "story", "single", "news"})
# The heading of a box of other articles.
BOX_HEADING = re.compile(
    r"^\W*(?:ال[أا]كثر (?:قراء[ةه]|مشاهد[ةه]|تداول|شعبي[ةه]|تعليق|رواج|زيار[ةه]|تفاعل|مشارك[ةه]|بحث).*|"
    r"(?:مقالات|مواضيع|أخبار|اخبار|موضوعات)? ?(?:ذات صل[ةه]|مشابه[ةه]|متعلق[ةه])|اخترنا لكم?|نرشح لكم?|ننصحك ب.*|"
    r"قد (?:يعجبك|يهمك|تهمك).*|[إا]قرأ (?:أيضا|ايضا|أيضًا|المزيد)|شاهد (?:أيضا|ايضا|أيضًا)|مختارات.*|"
    r"most (?:read|popular|viewed|shared).*|popular(?: posts)?|trending(?: now)?|related(?: posts| articles)?|"
    r"you (?:may|might) (?:also )?like.*|recommended.*|editor.?s picks?)\W*$",
    re.IGNORECASE,
)
_COLUMNS = ("body", "fields", "dates", "headline", "listing")


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], list[str]]:
    """(column, meaning) to its words, in the order of the file."""
    table: dict[tuple[str, str], list[str]] = {}
    text = resources.files("crawler.html").joinpath("furniture.tsv").read_text(encoding="utf-8")
    for row in text.splitlines()[1:]:
        _kind, *meanings, names = row.split("\t")
        for column, meaning in zip(_COLUMNS, meanings, strict=True):
            table.setdefault((column, meaning), []).extend(names.split())
    return table


def words(column: str, meaning: str) -> list[str]:
    """The words with this meaning for one reader."""
    return _table()[column, meaning]


BODY = frozenset(words("body", "cut"))
BODY_IF_SHORT = frozenset(words("body", "if short"))
DATES = frozenset(words("dates", "out") + words("dates", "within"))
DATES_UNLESS_OWN = frozenset(words("dates", "unless own"))
DATES_WITHIN = re.compile("|".join(words("dates", "within")), re.IGNORECASE)
HEADLINES = frozenset(words("headline", "out"))
# Elementor names every block a widget; "post-footer" is an article's own.
_NOT_AFTER = {"widget": "(?<!elementor-)", "footer": "(?<!post-)(?<!entry-)(?<!article-)"}
_FIELDS = re.compile(
    "|".join(_NOT_AFTER.get(word, "") + word for word in words("fields", "within"))
    + rf"|(?:{'|'.join(words('fields', 'at end'))})\b"
)


@lru_cache(maxsize=8192)
def is_of_another(names: str) -> bool:
    """Whether a lower-case class and id name a part of the page whose fields are not the article's."""
    return _FIELDS.search(names) is not None


def is_page_footer(element: HtmlElement) -> bool:
    """Whether the element is the page's footer, and not an article's."""
    return element.tag == "footer" and not any(holder.tag == "article" for holder in element.iterancestors())
