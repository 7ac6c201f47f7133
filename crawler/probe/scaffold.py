"""A new site from a first look: its file, and its test folder with a saved page and what reading makes of it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler import countries
from crawler.probe.probe_report import ProbeReport, Sample
from crawler.site import site_host
from storage.errors import UsageError
from storage.records import article_json

_CHANNEL_NAMES = {"rest": "REST API", "feed": "feed", "sitemap": "sitemap", "categories": "category pages"}
# Marks that steer the direction of text, and the quotes and backslashes that would end or bend a Python string.
_UNSAFE = re.compile('[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"\\\\\x00-\x1f\x7f-\x9f\u2028\u2029]')
_LINE = 121  # characters, with the line end
# Labels that say nothing of whose host it is.
_COMMON_LABELS = frozenset({"www", "ar", "arabic", "m", "news", "com", "net", "org", "co", "gov", "info", "press"})


@dataclass(frozen=True, slots=True)
class Written:
    """Where a new site was put. page, expected: None when no article could be read."""

    file: Path
    page: Path | None
    expected: Path | None


def name_for(url: str) -> str:
    """A site name from a host: "alrased" for https://www.al-rased.com/ and "site_127_0_0_1_81" for an address."""
    parts = urlsplit(url)
    host = site_host(url)
    labels = [re.sub(r"[^a-z0-9]+", "", label) for label in host.split(".")]
    if all(label.isdecimal() for label in labels) or ":" in host:
        own = re.sub(r"[^a-z0-9]+", "_", parts.netloc.lower())
        return f"site_{own.strip('_')}"[:64]
    telling = [label for label in labels[:-1] if label and label not in _COMMON_LABELS] or labels
    name = max(telling, key=len)[:64] or "site"
    return name if name[0].isalpha() else f"site_{name}"[:64]


def site_source(found: ProbeReport, *, name: str, today: date) -> str:
    """The site file's text, under 15 lines. What people know better is changed by hand: see docs/add-a-site.md."""
    title = _plain(found.title) or site_host(found.home)
    place = f" ({countries.names().get(found.country, found.country)})" if found.country else ""
    ways = [_CHANNEL_NAMES[channel] for channel in _CHANNEL_NAMES if found.working(channel)]
    platform = "WordPressSpider" if found.working("rest") else "MultiChannelSpider"
    told = f"Found by a probe on {today.isoformat()}: {', '.join(ways) or 'nothing but its home page'}."
    return (
        f'"""{title}{place}. {told}"""\n\n'
        f"from crawler.platforms import {platform}\nfrom crawler.site import Site\n\n\n"
        f"class {_class_name(name)}({platform}):\n{_call(list(_arguments(found, name, title)))}"
    )


def _call(arguments: list[str]) -> str:
    """As `ruff format` would have it: on one line, on one indented line, or one argument a line."""
    inner = ", ".join(arguments)
    if len(whole := f"    site = Site({inner})\n") <= _LINE:
        return whole
    if len(indented := f"        {inner}\n") <= _LINE:
        return f"    site = Site(\n{indented}    )\n"
    return "    site = Site(\n" + "".join(f"        {each},\n" for each in arguments) + "    )\n"


def _arguments(found: ProbeReport, name: str, title: str) -> Iterator[str]:
    yield _quoted(name)
    yield _quoted(_home(found.home))
    yield f"title={_quoted(title)}"
    if found.country:
        yield f"country={_quoted(found.country)}"
    zone = found.timezone or _zone_of(found.articles)
    if zone:
        yield f"timezone={_quoted(zone)}"
    if found.browser:
        yield "browser=True"
    # The home page does not name it: a crawl would find it only where it knows the kind of site, and misses it only
    # where there is no sitemap.
    if found.guessed_feed and found.theme is None and not found.working("sitemap"):
        yield f"feeds=({_quoted(found.guessed_feed)},)"


def _home(url: str) -> str:
    parts = urlsplit(url)
    return url if parts.path not in ("", "/") or parts.query else f"{parts.scheme}://{parts.netloc}"


def _zone_of(samples: list[Sample]) -> str | None:
    """A zone of the offset that the articles' dates agree on, where they state one at all; None otherwise."""
    dates = [sample.article.published_at for sample in samples if sample.article and sample.article.published_at]
    offsets = {offset for each in dates if (offset := each.utcoffset())}
    hours = {offset.total_seconds() / 3600 for offset in offsets}
    if len(hours) == 1 and (only := hours.pop()).is_integer():
        return f"Etc/GMT{-int(only):+d}"  # by POSIX, east of Greenwich is minus
    return None


def _plain(text: str | None) -> str:
    return " ".join(_UNSAFE.sub(" ", text or "").split())[:60]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _class_name(name: str) -> str:
    made = "".join(part.capitalize() for part in name.split("_"))
    return made if made[:1].isalpha() else f"Site{made}"


def write_site(found: ProbeReport, *, name: str, folder: Path, tests: Path, today: date) -> Written:
    """Write FOLDER/name.py, and in TESTS/name the first article page that was read, with expected.json.

    Raises UsageError when there is such a file, or when a folder can't be written. Nothing is overwritten.
    """
    file, own = folder / f"{name}.py", tests / name
    if file.exists() or own.exists():
        raise UsageError(f"{file if file.exists() else own} is there already; choose another --name, or delete it")
    source = site_source(found, name=name, today=today)
    compile(source, str(file), "exec")
    sample = next((each for each in found.articles if each.article and each.capture), None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8")
        if sample is None:
            return Written(file, None, None)
        own.mkdir(parents=True)
        return Written(file, *_save_sample(own, name, sample))
    except OSError as error:
        raise UsageError(
            f"can't write {error.filename}: {error.strerror}; name another folder with --folder"
        ) from error


def _save_sample(folder: Path, name: str, sample: Sample) -> tuple[Path, Path]:
    """The page's bytes, and what a test needs to read them again: where and when it was fetched, and the article."""
    capture, article = sample.capture, sample.article
    if capture is None or article is None:
        raise ValueError("only a page that was read can be saved")
    page, expected = folder / "page.html", folder / "expected.json"
    page.write_bytes(capture.body)
    record: dict[str, Any] = {
        "url": capture.url,
        "fetched_at": capture.fetched_at.isoformat(timespec="seconds"),
        "content_type": capture.header("Content-Type"),
        "article": {**article_json(article), "site": name},
    }
    expected.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return page, expected
