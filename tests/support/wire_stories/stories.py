"""Seeded stories: a wire text and its newspaper versions, each labelled with its relation to its source."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.support.wire_stories.styles import AGENCIES, SIGNATURES, datelined, house_styles
from tests.support.wire_stories.topics import Topic, drawn, filled, topics

_OWN = {
    "developed": (
        "وفي {city2} قال أهالي التقاهم مراسلنا إنهم تابعوا الخبر عبر هواتفهم طوال الليل، وإن المقاهي بقيت مفتوحة حتى الفجر على غير عادتها.",
        "واتصلت الجريدة بمكتب المحافظ للحصول على تعليق، فأجاب موظف بأن بيانا سيصدر لاحقا، ولم يصدر شيء حتى ساعة إعداد هذه النسخة للطبع.",
        "ويستذكر قراؤنا أن صفحتنا الأولى حملت قبل عامين عنوانا مشابها، أثار يومها جدلا واسعا وانتهى باستقالة مسؤول محلي لم يعين له بديل إلى الآن.",
        "وعلمت الجريدة من مصدر في البلدية أن اجتماعا مغلقا سيعقد لبحث ما جرى، وأن دعوات وجهت إلى المخاتير وممثلي الجمعيات الأهلية.",
        "وروى سائق حافلة يعمل على خط {city2} أن الركاب لم يتحدثوا في غير هذا الموضوع، وأن بعضهم نزل قبل محطته ليجادل بائع الصحف.",
        "ورأى الأستاذ الجامعي المتقاعد الذي يكتب زاوية الثلاثاء في جريدتنا أن القصة أقدم مما تبدو عليه، ووعد بنشر وثائق من أرشيفه الخاص.",
        "وأظهر استطلاع أجراه قسم التفاعل لدينا شارك فيه آلاف القراء أن أغلبهم لم يفاجأ، وأن قلة منهم تثق بالتفسيرات الرسمية.",
        "وأعدت مؤسسات أهلية في {city2} لقاء مفتوحا تستضيفه المكتبة العامة، سيحضره مصورنا وينقل الموقع وقائعه مباشرة.",
    ),
    "held_out": (
        "وزارت محررتنا الحي المجاور واستمعت إلى سيدة مسنة تبيع الخبز، قالت إن أحدا من المسؤولين لم يطرق بابها منذ الشتاء الفائت.",
        "وأرسل لنا قارئ مغترب صورا قديمة للمكان، تظهر فيها أشجار توت ومقعد خشبي أزيل لاحقا لتوسيع الرصيف المقابل للمدرسة.",
        "ولم يتسن لموقعنا التحقق من المعلومات على نحو مستقل، غير أن نائبا عن الدائرة أبلغنا أنه سيطرح سؤالا على الوزير المختص.",
        "ومن المتوقع أن تناقش الهيئة العامة للنقابة الموضوع في جلستها الشهرية، وسط انقسام بين جيلين من أعضائها حول جدوى البيانات.",
        "وفي {city2} علق صاحب صالون حلاقة ورقة على الباب كتب عليها أنه لا يقبل النقاش في السياسة ولا في الكرة ولا في هذا الأمر.",
        "وكان برنامجنا الصوتي قد استضاف الربيع الماضي باحثة حذرت من تطورات شبيهة، ويمكن الاستماع إلى الحلقة كاملة عبر التطبيق.",
        "وقال مراسل زميل أمضى سنوات في المنطقة إن اللافت هذه المرة هو صمت الوجهاء الذين اعتادوا ملء المجالس بالتصريحات.",
        "ويفكر تلاميذ مدرسة في {city2} في كتابة رسالة جماعية إلى الصحيفة، بعدما خصصت معلمتهم حصة كاملة للحديث عما جرى.",
    ),
}
_CLAUSE = re.compile(r"، (?:ما|مع|فيما|وفق|حسبما|بحسب|بينهم|مستبعدا|داعيا|أمام|على أن|وهي|و(?!\d))[^،]*(?=\.$)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its labels.

    derivation: wholly, partly or not. of, also: the ids of its sources. kind: how it was made. first: the id of the
    article of its story that was published first.
    """

    id: str
    site: str
    published_at: datetime
    precision: str
    first_seen_at: datetime
    agency: str | None
    title: str
    text: str
    derivation: str
    of: str | None
    also: str | None
    kind: str
    first: str


@dataclass(frozen=True, slots=True)
class _Made:
    kind: str
    derivation: str
    text: str
    also: str | None = None
    days: int = 0


def labelled_stories(half: str, seed: int) -> list[Labelled]:
    """One story for each topic of a half, with all articles made from it."""
    rng = random.Random(f"{half} {seed}")
    return [each for topic in topics(half) for each in _story(topic, topic.name, rng)]


def _story(topic: Topic, name: str, rng: random.Random) -> Iterator[Labelled]:
    values = drawn(topic, rng)
    agency = rng.choice(sorted(AGENCIES))
    paragraphs = [filled(each, values) for each in topic.wire[1:]]
    wire = datelined("\n\n".join(paragraphs), values["city"], agency, rng)
    began = datetime(2026, 9, 6, 5, tzinfo=UTC) + timedelta(minutes=rng.randrange(100_000))
    source, beside = f"{name}-wire", f"{name}-beside"

    def labelled(made: _Made, number: int, minutes: int, **changed: str | None) -> Labelled:
        at = began + timedelta(days=made.days, minutes=minutes)
        precise = made.kind in ("source", "beside") or rng.random() > 0.15
        copied = made.derivation != "not"
        shown = at if precise else at.replace(hour=0, minute=0)
        return Labelled(
            changed.get("id") or f"{name}-{number}-{made.kind}",
            f"site{number}",
            shown,
            "minute" if precise else "day",
            at + timedelta(minutes=rng.randrange(5, 90)),
            changed.get("agency"),
            filled(topic.wire[0], values) if copied else made.text[:40],
            made.text,
            made.derivation,
            source if copied else None,
            made.also,
            made.kind,
            source,
        )

    yield labelled(_Made("source", "not", wire), 0, 0, id=source, agency=agency)
    other = "\n\n".join(filled(each, values) for each in topic.beside)
    yield labelled(_Made("beside", "not", other), 1, 20, id=beside)
    makers: list[Callable[..., Iterator[_Made]]] = [_copies, _mixtures, _strangers]
    number = 2
    for maker in makers:
        for made in maker(topic, paragraphs, wire, values, agency, rng, other, beside):
            yield labelled(made, number, rng.randrange(30, 700), agency=agency if rng.random() < 0.4 else None)
            number += 1


def _copies(
    topic: Topic, paragraphs: list[str], wire: str, values: dict[str, str], agency: str, rng: random.Random, *_: str
) -> Iterator[_Made]:
    plain = "\n\n".join(paragraphs)
    yield _Made("verbatim", "wholly", wire)
    yield _Made("moved-credit", "wholly", f"{plain}\n\n{rng.choice(SIGNATURES).format(agency=agency)}")
    for style in rng.sample(house_styles(), 2):
        yield _Made("house-style", "wholly", style(wire if rng.random() < 0.5 else plain))
    count = rng.randrange(2, len(paragraphs))
    chosen = sorted(rng.sample(range(1, len(paragraphs)), count - 1))
    yield _Made("shortened", "wholly", "\n\n".join([paragraphs[0], *(paragraphs[place] for place in chosen)]))
    yield _Made("shortened", "wholly", "\n\n".join(_CLAUSE.sub("", each) for each in paragraphs[:4]))
    rewritten = [filled(each, values) for each in topic.rewritten]
    order = [0, *rng.sample(range(1, len(rewritten)), len(rewritten) - 1)]
    yield _Made("light-rewrite", "wholly", "\n\n".join(rewritten[place] for place in order))
    mixed = [rng.choice(pair) for pair in zip(rewritten[1:], paragraphs[1:], strict=True)]
    yield _Made("light-rewrite", "wholly", rng.choice(house_styles())("\n\n".join([rewritten[0], *mixed])))
    if topic.update:
        later = drawn(topic, rng, before=values, kept="names")
        updated = [filled(each, later) for each in topic.wire[1:]]
        yield _Made("update", "wholly", "\n\n".join(updated))
        yield _Made("update", "wholly", "\n\n".join([updated[0], topic.later[0], *updated[1:]]))
        rest = rng.sample(updated[1:], 2)
        yield _Made("update", "partly", "\n\n".join([updated[0], *topic.later, *rest]))


def _mixtures(
    topic: Topic,
    paragraphs: list[str],
    wire: str,
    values: dict[str, str],
    agency: str,
    rng: random.Random,
    other: str,
    beside: str,
) -> Iterator[_Made]:
    places = {"city2": rng.choice(("الحي الشرقي", "البلدة القديمة", "ضاحية السكك"))}
    own = [filled(each, places) for each in rng.sample(_OWN[topic.half], 8)]
    some = rng.sample(paragraphs[1:], len(paragraphs) - 2)
    mixed = [paragraphs[0], own[0], *some[:-1], own[1], some[-1]]
    yield _Made("extended", "partly", "\n\n".join([*mixed, own[2]]))
    head = paragraphs[: rng.randrange(3, len(paragraphs))]
    yield _Made("extended", "partly", "\n\n".join([*head, *own[3 : 3 + max(2, len(head) - 2)]]))
    yield _Made("extended", "partly", rng.choice(house_styles())("\n\n".join([*own[6:], *paragraphs[:3]])))
    yield _Made("merged", "partly", "\n\n".join([*paragraphs[:2], *other.split("\n\n"), paragraphs[-1]]), beside)
    second = other.split("\n\n")
    yield _Made("merged", "partly", "\n\n".join([paragraphs[0], *second[:2], *paragraphs[1:3]]), beside)


def _strangers(
    topic: Topic, paragraphs: list[str], wire: str, values: dict[str, str], agency: str, rng: random.Random, *_: str
) -> Iterator[_Made]:
    if topic.template != "none":
        for days in (1, rng.randrange(2, 9)):
            later = drawn(topic, rng, before=values, kept="form")
            # Nobody says the same words again on another day.
            text = "\n\n".join(filled(each, later) for each in topic.wire[1:] if '"' not in each)
            if days > 1:
                text = "\n\n".join(text.split("\n\n")[:-1])
            yield _Made("template", "not", datelined(text, later["city"], agency, rng), None, days)
    quotes = re.findall(r'"([^"]+)"', "\n".join(paragraphs))
    thoughts = [filled(each, values) for each in topic.opinion]
    if quotes:
        thoughts[1] += f' وقد توقفت عند قول أحدهم: "{quotes[0]}".'
    yield _Made("quote-only" if quotes else "opinion", "not", "\n\n".join(thoughts), None, 2)
