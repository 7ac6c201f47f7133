"""Runs one engine in one process: reads pages as JSON lines, and writes the engine's result and time for each.

Runs by path in any environment: `python worker.py READER MODE`; at the top it imports the standard library alone.
In: {"body": base64, "content_type", "url", "fetched_at"}, or {"op": "memory"}. Out: {"seconds", "text", "title",
"published" (ISO 8601, a date alone when no time is known), "authors", "sections", "tags", "agency", "subtitle",
"image"}, each absent or null where there is none; {"error"} where the engine raised.
"""

import base64
import json
import os
import re
import resource
import socket
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

Read = Callable[[dict[str, Any]], dict[str, Any]]


def warraq(mode: str) -> Read:
    from crawler.extract import extract
    from crawler.site import Site
    from storage.records import Capture

    # Nothing is declared about the site: what a crawl knows (time zone, selectors, its boilerplate) is no part of this.
    site = Site("benchmark", "https://benchmark.example/")

    def read(page: dict[str, Any]) -> dict[str, Any]:
        headers = (("Content-Type", page["content_type"]),)
        moment = datetime.fromisoformat(page["fetched_at"])
        return warraq_answer(extract(Capture(page["url"], site.name, moment, 200, headers, page["body"]), site))

    return read


def warraq_answer(reading: Any) -> dict[str, Any]:
    """Warraq's extraction of a page, under the names of answers."""
    from storage.records import article_json

    if reading.article is None:
        return {"reason": str(reading.reason)}
    fields = article_json(reading.article)
    sections = [fields["section"], *fields["categories"]]
    kept = {key: fields[key] for key in ("text", "title", "authors", "tags", "agency", "subtitle", "image")}
    return kept | {"published": fields["published_at"], "sections": sections}


def trafilatura(mode: str) -> Read:
    from trafilatura import bare_extraction

    options = {"default": {}, "precision": {"favor_precision": True}, "fast": {"fast": True}}[mode]

    def read(page: dict[str, Any]) -> dict[str, Any]:
        document = bare_extraction(page["body"], url=page["url"], with_metadata=True, include_comments=False, **options)
        if document is None:
            return {}
        return {
            "text": document.text,
            "title": document.title,
            "published": document.date,
            "authors": (document.author or "").split("; "),
            "sections": document.categories,
            "tags": document.tags,
            "image": document.image,
        }

    return read


def newspaper(mode: str) -> Read:
    from newspaper import Article, Config

    config = Config()
    config.fetch_images = False
    config.language = "ar"

    def read(page: dict[str, Any]) -> dict[str, Any]:
        article = Article(page["url"], config=config)
        article.download(input_html=decoded(page))
        article.parse()
        return {
            "text": article.text,
            "title": article.title,
            "published": iso(article.publish_date),
            "authors": article.authors,
            "tags": article.tags,
            "image": article.top_image,
        }

    return read


def newsplease(mode: str) -> Read:
    from newsplease import NewsPlease

    def read(page: dict[str, Any]) -> dict[str, Any]:
        article = NewsPlease.from_html(decoded(page), url=page["url"], fetch_images=False)
        return {
            "text": article.maintext,
            "title": article.title,
            "published": iso(article.date_publish),
            "authors": article.authors,
            "image": article.image_url,
        }

    return read


def goose(mode: str) -> Read:
    from goose3 import Goose

    reader = Goose({"enable_image_fetching": False, "use_meta_language": False, "target_language": "ar"})

    def read(page: dict[str, Any]) -> dict[str, Any]:
        article = reader.extract(url=None, raw_html=decoded(page))
        return {
            "text": article.cleaned_text,
            "title": article.title,
            "published": iso(article.publish_date),
            "authors": article.authors,
            "tags": article.tags,
            "image": (article.opengraph or {}).get("image"),  # what it finds without fetching pictures
        }

    return read


def readability(mode: str) -> Read:
    from lxml import html
    from readability import Document

    def read(page: dict[str, Any]) -> dict[str, Any]:
        document = Document(page["body"])
        tree = html.fromstring(document.summary())
        return {"text": "\n".join(tree.itertext()), "title": document.short_title()}

    return read


def resiliparse(mode: str) -> Read:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def read(page: dict[str, Any]) -> dict[str, Any]:
        tree = HTMLTree.parse_from_bytes(page["body"], detect_encoding(page["body"]))
        text = extract_plain_text(
            tree, main_content=True, links=False, alt_texts=False, comments=False, post_meta=False
        )
        return {"text": text}

    return read


def justext(mode: str) -> Read:
    import justext as library

    stoplist = library.get_stoplist("Arabic")

    def read(page: dict[str, Any]) -> dict[str, Any]:
        paragraphs = library.justext(page["body"], stoplist)
        return {"text": "\n".join(part.text for part in paragraphs if not part.is_boilerplate)}

    return read


READERS: dict[str, Callable[[str], Read]] = {
    each.__name__: each
    for each in (warraq, trafilatura, newspaper, newsplease, goose, readability, resiliparse, justext)
}


def decoded(page: dict[str, Any]) -> str:
    """The page as a downloader hands it to a reader of text: by the charset it declares, else UTF-8."""
    head = page["body"][:2048].decode("latin-1")
    label = re.search(r"charset=[\"']?([\w-]+)", page["content_type"]) or re.search(r"charset=[\"']?([\w-]+)", head)
    try:
        return page["body"].decode(label[1] if label else "utf-8", "replace")
    except LookupError:
        return page["body"].decode("utf-8", "replace")


def iso(value: datetime | str | None) -> str | None:
    """A moment as text; a date alone for midnight without a zone, which is how these say that no time is known."""
    if isinstance(value, datetime):
        midnight = value.tzinfo is None and (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat()
    return value or None


def peak_bytes() -> int:
    """The most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage counts what the parent held before exec too
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def plain(value: Any) -> Any:
    """The value as JSON: text, or a list of texts without empty ones."""
    if isinstance(value, str) or value is None:
        return value or None
    if isinstance(value, Iterable):
        return [str(each) for each in value if each]
    return str(value)


def _no_network(*_: Any) -> None:
    raise OSError("the benchmark runs without a network")


def main(name: str, mode: str, lines: Iterable[str], out: Any) -> None:
    """Read pages until the lines end."""
    socket.socket.connect = _no_network  # type: ignore[method-assign, assignment]
    socket.socket.connect_ex = _no_network  # type: ignore[method-assign, assignment]
    read = READERS[name](mode)
    out.write(json.dumps({"ready": True}) + "\n")
    out.flush()
    for line in lines:
        page = json.loads(line)
        if page.get("op") == "memory":
            answer: dict[str, Any] = {"peak_bytes": peak_bytes()}
        else:
            page["body"] = base64.b64decode(page["body"])
            answer = _timed(read, page)
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        out.flush()


def _timed(read: Read, page: dict[str, Any]) -> dict[str, Any]:
    start = perf_counter()
    try:
        parsed = read(page)
    except Exception as error:  # a page that an engine can't read is a result, not the end of the run
        return {"seconds": perf_counter() - start, "error": f"{type(error).__name__}: {error}"[:300]}
    seconds = perf_counter() - start
    return {"seconds": seconds} | {key: plain(value) for key, value in parsed.items()}


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "", sys.stdin, answers)
