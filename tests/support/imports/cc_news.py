"""Make a WARC file like those of CC-NEWS: many languages, few Arabic pages, some records cut or broken."""

import base64
import gzip
import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

BEGIN = datetime(2026, 5, 1, tzinfo=UTC)
_PLACES = ["مرسى النور", "تل الزعتر", "وادي السلام", "رأس الجبل", "عين الماء", "دار السرور", "باب البحر", "حي الميناء"]
_DOERS = ["البلدية", "الوزارة", "اللجنة", "النقابة", "الجامعة", "الشركة", "المحكمة", "الهيئة"]
_DEEDS = [
    "افتتاح الجسر الجديد",
    "ترميم السوق القديمة",
    "توسيع محطة المياه",
    "إصلاح الطريق الساحلية",
    "بناء مدرسة ثانوية",
]
_ENGLISH = [
    "council",
    "harbour",
    "bridge",
    "market",
    "report",
    "minister",
    "school",
    "season",
    "winter",
    "budget",
    "harvest",
    "station",
    "railway",
    "museum",
    "river",
]
# What becomes of an Arabic page. Of a hundred, so many of each.
KINDS = {"article": 84, "truncated": 4, "short": 4, "broken body": 4, "broken record": 2, "listing": 2}


@dataclass(slots=True)
class Made:
    """The content of the file. articles: URL to headline of the readable ones. unreadable: URLs of cut pages."""

    records: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    articles: dict[str, str] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)


def write_cc_news(path: Path, records: int, *, arabic: float = 0.02, seed: int = 7) -> Made:
    """Write a file of so many pages, gzipped by record, without request records, as in CC-NEWS."""
    made, chance = Made(records), random.Random(seed)
    every = round(1 / arabic)
    kinds = [kind for kind, share in KINDS.items() for _ in range(share)]
    chance.shuffle(kinds)
    with path.open("wb") as out:
        out.write(gzip.compress(_record("warcinfo", "urn:x", b"software: made\r\n", 0), 6))
        for number in range(records):
            is_arabic = number % every == every // 2
            kind = kinds[number // every % len(kinds)] if is_arabic else "other language"
            made.kinds[kind] += 1
            out.write(_packed(number, kind, chance, made))
    return made


def _packed(number: int, kind: str, chance: random.Random, made: Made) -> bytes:
    host = f"news{number % 300}.example"
    if kind == "other language":
        url = f"https://www.{host}/story/{number}"
        return gzip.compress(_response(url, _page("en", *_english(chance)), number), 6)
    url = f"https://www.arabic{number % 7}.example/2026/05/01/{number}/"
    title, text = _arabic(number, chance)
    body = _page("ar", title, text)
    if kind == "listing":
        body = _page("ar", "الأخبار", [f"<a href='/2026/05/01/{each}/'>{title} {each}</a>" for each in range(40)])
    if kind == "article":
        made.articles[url] = title
    elif kind not in ("listing", "broken record"):
        made.unreadable.add(url)
    if kind == "truncated":
        return gzip.compress(_response(url, body[: len(body) // 2], number, extra=b"WARC-Truncated: length\r\n"), 6)
    if kind == "short":
        return gzip.compress(_response(url, body[: len(body) // 2], number, length=len(body)), 6)
    if kind == "broken body":
        packed = gzip.compress(body, 6)
        return gzip.compress(_response(url, packed[:-40], number, head=b"Content-Encoding: gzip\r\n"), 6)
    member = gzip.compress(_response(url, body, number), 6)
    if kind == "broken record":
        middle = len(member) // 2
        return member[:middle] + bytes(each ^ 0xFF for each in member[middle : middle + 4]) + member[middle + 4 :]
    return member


def _english(chance: random.Random) -> tuple[str, list[str]]:
    return (
        " ".join(chance.choices(_ENGLISH, k=7)).capitalize(),
        [" ".join(chance.choices(_ENGLISH, k=60)).capitalize() + "." for _ in range(14)],
    )


def _arabic(number: int, chance: random.Random) -> tuple[str, list[str]]:
    place, doer, deed = chance.choice(_PLACES), chance.choice(_DOERS), chance.choice(_DEEDS)
    title = f"{doer} تعلن {deed} في {place} بعد {number} يوما من العمل"
    text = [
        f"أعلنت {doer} يوم الجمعة {deed} في {place}، بعد أعمال دامت {number} يوما وشارك فيها عشرات العمال.",
        *(
            f"وقال ناطق باسم {chance.choice(_DOERS)} إن {chance.choice(_DEEDS)} في {chance.choice(_PLACES)} "
            f"سيكتمل قبل نهاية العام، وإن كلفته بلغت {chance.randint(2, 900)} ألف دينار من موازنة السنة الماضية."
            for _ in range(8)
        ),
    ]
    return title, text


def _page(language: str, title: str, paragraphs: list[str]) -> bytes:
    script = "".join(f"window.slot{each}={{id:{each},name:'unit-{each * 7919}'}};" for each in range(400))
    menu = "".join(f'<li><a href="/section/{each}/">{each}</a></li>' for each in range(40))
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:type" content="article"><script>{script}</script></head><body><ul>{menu}</ul>'
        f'<article><h1>{title}</h1><time datetime="2026-05-01T08:00:00+03:00">1</time>{text}</article></body></html>'
    ).encode()


def _response(
    url: str, body: bytes, number: int, *, head: bytes = b"", extra: bytes = b"", length: int | None = None
) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n%sContent-Length: %d\r\n\r\n" % (
        head,
        length or len(body),
    )
    digest = base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest())
    return _record("response", url, http + body, number, b"WARC-Payload-Digest: sha1:" + digest + b"\r\n" + extra)


def _record(kind: str, url: str, content: bytes, number: int, extra: bytes = b"") -> bytes:
    at = (BEGIN + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
    media = "application/http; msgtype=response" if kind == "response" else "application/warc-fields"
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {at}\r\n"
    head += f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nContent-Type: {media}\r\nContent-Length: {len(content)}\r\n"
    return head.encode() + extra + b"\r\n" + content + b"\r\n\r\n"


def addresses(made: Made) -> Iterator[str]:
    """The hosts of the Arabic pages."""
    return iter(sorted({url.split("/")[2].removeprefix("www.") for url in made.articles}))
