"""A newspaper with meaningless class names, in two designs, each with its own furniture among the paragraphs."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from tests.support.hostile import Answer, Server, page, robots

SITE_FILE = '''"""A newspaper that is redesigned."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Liwa(MultiChannelSpider):
    site = Site("liwa", "{url}", feeds=("/feed",), channels=("feed",))
'''
FURNITURE = {
    "old": ("تصدر صحيفة اللواء كل صباح عن دار المرسى للطباعة", "لمراسلة قسم التحرير اكتبوا إلى صندوق البريد القديم"),
    "new": ("حمل تطبيق اللواء الجديد من متجر هاتفك مجانا", "يشرف على هذه النشرة فريق اللواء الرقمي في العاصمة"),
}
_WHO = ("البلدية", "الوزارة", "الشركة", "الجمعية", "الهيئة", "النقابة", "الجامعة", "المحافظة", "الغرفة", "اللجنة")
_DID = ("أعلنت", "أكدت", "بحثت", "أطلقت", "راجعت", "افتتحت", "عرضت", "أجلت", "مولت", "نشرت", "رفضت", "حددت")
_WHAT = ("مشروع", "تقرير", "موازنة", "برنامج", "خطة", "قانون", "معرض", "عقد", "بناء", "اتفاق", "مسابقة", "دراسة")
_OF = ("الطرق", "المدارس", "المياه", "الموانئ", "الأسواق", "المتاحف", "القرى", "المصانع", "الحدائق", "المستشفيات")
_WHERE = ("في الشمال", "في الجنوب", "على الساحل", "قرب النهر", "في العاصمة", "شرق المدينة", "في الضواحي", "غرب البلاد")
_WHEN = ("هذا الصباح", "قبل يومين", "مساء الخميس", "بعد أعوام من الانتظار", "خلال العام الماضي", "منذ الربيع")


def sentence(random: Random) -> str:
    clauses = [
        " ".join(random.choice(words) for words in (_DID, _WHO, _WHAT, _OF, _WHERE, _WHEN))
        for _ in range(random.randint(2, 3))
    ]
    return "، و".join(clauses) + "."


@dataclass
class Newspaper:
    """The newspaper. design: old or new. edited: numbers of the articles that have a further paragraph."""

    server: Server
    base: datetime
    articles: int = 16
    design: str = "old"
    edited: set[int] = field(default_factory=set)

    def publish(self) -> None:
        answers: dict[str, Answer] = {"/robots.txt": robots("")}
        answers |= {f"/n/{number}": page(self.article(number)) for number in self.numbers}
        answers["/feed"] = page(self._feed(), Content_Type="text/xml")
        self.server.answers = answers

    @property
    def numbers(self) -> range:
        return range(1001, 1001 + self.articles)

    def title(self, number: int) -> str:
        return " ".join(sentence(Random(number)).split()[:9]).rstrip("،.")

    def text(self, number: int) -> list[str]:
        random = Random(f"text {number}")
        paragraphs = [sentence(random) for _ in range(random.randint(4, 7))]
        return [*paragraphs, sentence(Random(f"edit {number}"))] if number in self.edited else paragraphs

    def article(self, number: int) -> str:
        text = [f"<p>{line}</p>" for line in self.text(number)]
        first, last = FURNITURE[self.design]
        menu = "".join(f'<a href="/c/{n}">قسم {n}</a>' for n in range(12))
        if self.design == "old":
            inner = f'<div class="k2"><div class="m1">{first}</div>{"".join(text)}<div class="m2">{last}</div></div>'
            body = f'<div class="a1"><h1>{self.title(number)}</h1>{inner}</div><div class="z3">{menu}</div>'
        else:
            half = len(text) // 2
            parts = f"{''.join(text[:half])}<p class='u9'>{first}</p>{''.join(text[half:])}<p class='u8'>{last}</p>"
            inner = f'<div class="w7"><div class="w6">{parts}</div></div>'
            body = f'<div class="b5"><div class="b4">{menu}</div><h1>{self.title(number)}</h1>{inner}</div>'
        at = self._published(number).isoformat()
        head = f'<title>{self.title(number)}</title><meta property="article:published_time" content="{at}">'
        return f'<!doctype html><html lang="ar"><head>{head}</head><body>{body}</body></html>'

    def _published(self, number: int) -> datetime:
        return self.base - timedelta(minutes=5 * (self.numbers.stop - number))

    def _feed(self) -> str:
        listed = "".join(
            f"<item><title>{self.title(number)}</title><link>{self.server.url(f'/n/{number}')}</link>"
            f"<pubDate>{self._published(number):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for number in reversed(self.numbers)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>أخبار</title>{listed}</channel></rss>'
