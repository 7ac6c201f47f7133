"""Writes a new site's files from a probe: the site file, and a test folder with a page and its expected article."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from crawler import countries
from crawler.probe import saved_sample
from crawler.probe.probe_report import ProbeReport, Sample
from crawler.probe.site_file import call
from crawler.site import site_host
from storage.errors import UsageError
from storage.messages import message

_CHANNEL_NAMES = {"rest": "REST API", "feed": "feed", "sitemap": "sitemap", "categories": "category pages"}
# Direction marks, and quotes and backslashes, which would end or change a Python string.
_UNSAFE = re.compile('[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"\\\\\x00-\x1f\x7f-\x9f\u2028\u2029]')
# Labels of a host name that do not identify its owner.
_COMMON_LABELS = frozenset({"www", "ar", "arabic", "m", "news", "com", "net", "org", "co", "gov", "info", "press"})


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """Paths of a new site's files. page, expected: None if no article could be extracted."""

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


def site_source(report: ProbeReport, *, name: str, today: date) -> str:
    """The text of the site file: under 15 lines, for people to correct (docs/add-a-site.md)."""
    title = _plain(report.title) or site_host(report.home)
    place = f" ({countries.names().get(report.country, report.country)})" if report.country else ""
    ways = [_CHANNEL_NAMES[channel] for channel in _CHANNEL_NAMES if report.working(channel)]
    platform = "WordPressSpider" if report.working("rest") else "MultiChannelSpider"
    summary = f"Found by a probe on {today.isoformat()}: {', '.join(ways) or 'nothing but its home page'}."
    declaration = call("Site", list(_arguments(report, name, title)), prefix="site = ", indent=4)
    return (
        f'"""{title}{place}. {summary}"""\n\n'
        f"from crawler.platforms import {platform}\nfrom crawler.site import Site\n\n\n"
        f"class {_class_name(name)}({platform}):\n{declaration}"
    )


def _arguments(report: ProbeReport, name: str, title: str) -> Iterator[str]:
    yield _quoted(name)
    yield _quoted(_home(report.home))
    yield f"title={_quoted(title)}"
    if report.country:
        yield f"country={_quoted(report.country)}"
    zone = report.timezone or _zone_of(report.articles)
    if zone:
        yield f"timezone={_quoted(zone)}"
    if report.browser:
        yield "browser=True"
    # As the home page does not link to this feed, a crawl finds it only on a known theme; it needs it only without a
    # sitemap.
    if report.guessed_feed and report.theme is None and not report.working("sitemap"):
        yield f"feeds=({_quoted(report.guessed_feed)},)"


def _home(url: str) -> str:
    parts = urlsplit(url)
    return url if parts.path not in ("", "/") or parts.query else f"{parts.scheme}://{parts.netloc}"


def _zone_of(samples: list[Sample]) -> str | None:
    """A zone with the UTC offset that all dates of the articles state; None if they state none or different ones."""
    dates = [sample.article.published_at for sample in samples if sample.article and sample.article.published_at]
    hours = {offset.total_seconds() / 3600 for each in dates if (offset := each.utcoffset())}
    if len(hours) == 1 and (only := hours.pop()).is_integer():
        return f"Etc/GMT{-int(only):+d}"  # POSIX sign: east of Greenwich is negative
    return None


def _plain(text: str | None) -> str:
    return " ".join(_UNSAFE.sub(" ", text or "").split())[:60]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _class_name(name: str) -> str:
    made = "".join(part.capitalize() for part in name.split("_"))
    return made if made[:1].isalpha() else f"Site{made}"


def write_site(report: ProbeReport, *, name: str, folder: Path, tests: Path, today: date) -> WrittenSite:
    """Write folder/NAME.py, and in tests/NAME the first article page that could be extracted, with expected.json.

    Raises UsageError if a file exists already or can't be written. Nothing is overwritten.
    """
    file, own = folder / f"{name}.py", tests / name
    if file.exists() or own.exists():
        raise UsageError(
            message("{file} is there already; choose another --name, or delete it", file=file if file.exists() else own)
        )
    source = site_source(report, name=name, today=today)
    compile(source, str(file), "exec")
    sample = next(((each.capture, each.article) for each in report.articles if each.capture and each.article), None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8")
        if sample is None:
            return WrittenSite(file, None, None)
        own.mkdir(parents=True)
        return WrittenSite(file, *saved_sample.save(own, name, *sample))
    except OSError as error:
        raise UsageError(
            message(
                "can't write {path}: {why}; name another folder with --folder", path=error.filename, why=error.strerror
            )
        ) from error
