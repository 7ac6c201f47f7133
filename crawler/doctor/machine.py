"""Checks of the machine and the installation: versions, limits, time zones, contact, network, site files."""

import platform
import resource
import sqlite3
import zoneinfo
from collections.abc import Iterator, Mapping
from importlib import metadata
from urllib.parse import urlsplit
from urllib.request import getproxies

from crawler.doctor.diagnosis import Diagnosis
from crawler.registry import declared_sites
from storage.errors import UsageError
from storage.messages import message, words_of

LIBRARIES = ("scrapy", "twisted", "trafilatura", "lxml", "sqlalchemy", "psycopg", "tzdata")
LEAST_MEMORY = 2 * 1024**3  # bytes of address space; worker processes use less, but may fail without warning below it
LEAST_FILES = 1024


def check_machine(environment: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Run all checks of this module. environment: the environment variables."""
    yield _versions()
    yield from _limits()
    yield _time_zones()
    yield _contact(environment)
    yield _network(environment)
    yield from _site_files()


def _versions() -> Diagnosis:
    installed, missing = [], []
    for name in ("warraq", *LIBRARIES):
        try:
            installed.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    text = f"{', '.join(installed)}; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    needed = [name for name in missing if name not in ("tzdata", "warraq")]  # the system may have the first
    if needed:
        return Diagnosis(
            "versions",
            "bad",
            message("not installed: {names}; {text}", names=", ".join(needed), text=text),
            message("install Warraq again"),
        )
    return Diagnosis("versions", "ok", text)


def _limits() -> Iterator[Diagnosis]:
    memory, _ = resource.getrlimit(resource.RLIMIT_AS)
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 < memory < LEAST_MEMORY:
        text = message("a process may take {mib:,.0f} MiB of memory", mib=memory / 1024**2)
        yield Diagnosis("limits", "warn", text, message("raise `ulimit -v` to 2 GiB at least, or leave it out"))
    if 0 < files < LEAST_FILES:
        yield Diagnosis(
            "limits", "warn", message("a process may open {files} files", files=files), f"ulimit -n {LEAST_FILES}"
        )
    if (memory < 0 or memory >= LEAST_MEMORY) and (files < 0 or files >= LEAST_FILES):
        yield Diagnosis("limits", "ok", message("memory and open files will do ({files:,} files)", files=files))


def _time_zones() -> Diagnosis:
    zones = {spider.site.timezone for spider in _declared().spiders.values()} | {"UTC"}
    unknown = sorted(zones - zoneinfo.available_timezones())
    if unknown:
        text = message("no data for {zones}", zones=", ".join(unknown))
        return Diagnosis("time zones", "bad", text, message("pip install tzdata, or install it for the system"))
    return Diagnosis("time zones", "ok", message("data for all {zones} zones of the declared sites", zones=len(zones)))


def _contact(environment: Mapping[str, str]) -> Diagnosis:
    agent, contact = environment.get("WARRAQ_USER_AGENT", ""), environment.get("WARRAQ_CONTACT", "").strip()
    if not contact and "@" not in agent and "://" not in agent:
        advice = message("set WARRAQ_CONTACT to a page or address of yours, in the crontab too")
        return Diagnosis("contact", "bad", message("WARRAQ_CONTACT is not set: no command asks the live web"), advice)
    if contact and "@" not in contact and "://" not in contact and "." not in contact:
        return Diagnosis(
            "contact",
            "warn",
            message("{contact} is no address", contact=contact),
            message("name a URL or a mail address"),
        )
    return Diagnosis("contact", "ok", message("site owners are told {contact}", contact=contact or agent))


def _network(environment: Mapping[str, str]) -> Diagnosis:
    parts = {name: urlsplit(url) for name, url in getproxies().items() if name != "no"}
    proxies = [f"{name} by {part.hostname}:{part.port}" for name, part in sorted(parts.items())]  # without credentials
    text = message("a proxy: {proxies}", proxies=", ".join(proxies)) if proxies else message("no proxy")
    allowed = environment.get("WARRAQ_ALLOW_HOSTS", "").strip()
    if allowed:
        advice = message("leave it out, unless these hosts are to be crawled")
        return Diagnosis(
            "network",
            "warn",
            message("{text}; private addresses are allowed: {hosts}", text=text, hosts=allowed),
            advice,
        )
    return Diagnosis("network", "ok", message("{text}; private addresses are refused", text=text))


def _site_files() -> Iterator[Diagnosis]:
    try:
        declared = declared_sites.declared()
    except UsageError as error:
        yield Diagnosis("sites", "bad", words_of(error), message("correct WARRAQ_SPIDERS"))
        return
    for broken in declared.broken.values():
        yield Diagnosis(
            "sites",
            "warn",
            message("{path} does not import: {error}", path=broken.path, error=broken.error),
            message("correct the file"),
        )
    if not declared.broken:
        text = message("{n} declared, {own} of them your own", n=len(declared.spiders), own=len(declared.private))
        yield Diagnosis("sites", "ok", text)


def _declared() -> declared_sites.Declared:
    try:
        return declared_sites.declared()
    except UsageError:  # reported by `_site_files`
        return declared_sites.Declared({}, {})
