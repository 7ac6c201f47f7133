"""The declared sites: one file each in spiders/, and in the private folder that WARRAQ_SPIDERS names.

Files are imported by name. A file that fails to import is reported, and does not stop the others.
"""

import difflib
import importlib
import importlib.util
import os
import pkgutil
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from urllib.parse import urlsplit

from crawler.platforms.base import SiteSpider
from crawler.platforms.categories import CategorySpider
from crawler.platforms.multi_channel import MultiChannelSpider
from crawler.registry.site_names import name_of, origin
from crawler.site import DELAY_S, Site
from storage.errors import UsageError
from storage.messages import either, message
from storage.urls import clean_url

_PRIVATE = "warraq_private_spiders_"  # prefix of the module names of the private folder


@dataclass(frozen=True, slots=True)
class Broken:
    """A site file that fails to import, and why."""

    name: str
    path: str
    cause: Exception

    @property
    def error(self) -> str:
        """The last line of Python's traceback."""
        return "".join(traceback.format_exception_only(self.cause)).strip().splitlines()[-1]


@dataclass(frozen=True, slots=True)
class Declared:
    """All declared sites: spider classes by site name, and the files that failed to import.

    private: names of the sites of the private folder. archived: name to home page of each site in the archive, if one
    was read; sites that are crawled by their URL get none of these names.
    """

    spiders: dict[str, type[SiteSpider]]
    broken: dict[str, Broken]
    private: frozenset[str] = frozenset()
    archived: Mapping[str, str] = field(default_factory=dict)

    @property
    def homes(self) -> dict[str, str]:
        """Name to home page, for all names that are taken."""
        return {**self.archived, **{name: spider.site.home for name, spider in self.spiders.items()}}


def declared(packages: Iterable[str] = ("spiders",), *, folder_exists: bool = True) -> Declared:
    """Import every site file of these packages and of the private folder.

    Raises UsageError if the private folder is missing, unless folder_exists is False: then it is about to be created.
    """
    folder = os.environ.get("WARRAQ_SPIDERS")
    if folder and folder_exists and not Path(folder).is_dir():
        raise UsageError(
            message(
                "WARRAQ_SPIDERS names {folder}, and there is no such folder; make it, or correct the name",
                folder=folder,
            )
        )
    spiders: dict[str, type[SiteSpider]] = {}
    broken: dict[str, Broken] = {}
    private: set[str] = set()
    paths: dict[str, str] = {}  # of the file that declares each site
    for name, path, load in _files(packages):
        try:
            module = load()
        except Exception as error:  # a file that raises at import must not stop the others
            broken[name] = Broken(name, path, error)
            continue
        for value in _spiders_of(module):
            if value.name in paths:
                taken = ValueError(f"its site is called {value.name!r}, as is that of {paths[value.name]}; rename it")
                broken[name] = Broken(name, path, taken)
                continue
            spiders[value.name], paths[value.name] = value, path
            if module.__name__.startswith(_PRIVATE):
                private.add(value.name)
    return Declared(dict(sorted(spiders.items())), broken, frozenset(private))


def declared_site(name: str, packages: Iterable[str] = ("spiders",)) -> type[SiteSpider] | None:
    """The spider of one declared site; None if no file that imports declares it.

    Files with the site's name are imported first: to import all, half a millisecond each, takes long for one crawl in a
    fleet of thousands.
    """
    for stem, _, load in _files(packages, name):
        with suppress(Exception):  # `declared` reports it
            for spider in _spiders_of(load()):
                if spider.name == stem:
                    return spider
    return declared(packages).spiders.get(name)


def _spiders_of(module: ModuleType) -> list[type[SiteSpider]]:
    """The spiders that a site file declares itself."""
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, SiteSpider) and value.__module__ == module.__name__
    ]


def _files(packages: Iterable[str], called: str | None = None) -> Iterator[tuple[str, str, Callable[[], ModuleType]]]:
    """Name, path and import function of every site file, or only of those with the name `called`."""
    for package in packages:
        for info in pkgutil.iter_modules(importlib.import_module(package).__path__):
            if called in (None, info.name):
                module = f"{package}.{info.name}"
                yield info.name, module.replace(".", "/") + ".py", partial(importlib.import_module, module)
    folder = os.environ.get("WARRAQ_SPIDERS")
    if folder:
        for path in sorted(Path(folder).glob(f"{called or '*'}.py")):
            yield path.stem, str(path), partial(_import_file, path)


class _SourceLoader(SourceFileLoader):
    """Loads a site file without the bytecode cache, which misses a change within a second that keeps the length."""

    def get_code(self, fullname: str) -> CodeType:
        """The code of the file's present text."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def _import_file(path: Path) -> ModuleType:
    name = f"{_PRIVATE}{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path, loader=_SourceLoader(name, str(path)))
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def file_of(spider: type[SiteSpider]) -> Path:
    """The site file of a declared site."""
    return Path(str(sys.modules[spider.__module__].__file__)).absolute()


def spiders_for(
    targets: Iterable[str], all_declared: Declared, *, delay_s: float | None = None
) -> list[type[SiteSpider]]:
    """One spider for each site of the targets (names, URLs), in their order.

    Several pages of one site are one crawl; if the site itself is a target, too, all of it is crawled. Raises as
    `spider_for`.
    """
    by_site: dict[str, type[SiteSpider]] = {}
    for target in targets:
        spider = spider_for(target, all_declared, delay_s=delay_s)
        before = by_site.setdefault(spider.site.name, spider)
        if before is not spider:
            by_site[spider.site.name] = _both(before, spider)
    return list(by_site.values())


def _both(one: type[SiteSpider], other: type[SiteSpider]) -> type[SiteSpider]:
    for spider in (one, other):
        if not _targets(spider):
            return spider
    return _with_targets(one, tuple(dict.fromkeys(_targets(one) + _targets(other))))


def _targets(spider: type[SiteSpider]) -> tuple[str, ...]:
    return spider.targets if issubclass(spider, CategorySpider) else ()


def spider_for(target: str, all_declared: Declared, *, delay_s: float | None = None) -> type[SiteSpider]:
    """The spider of a declared name or URL; for any other URL, an ad-hoc one that finds that site's categories.

    A page's URL is crawled with its declared site's spider. delay_s: seconds between requests to a site that is not
    declared; None: DELAY_S. Raises UsageError for an unknown name, a file that fails to import, or a text that is no
    http(s) URL.
    """
    target = target.strip()
    if "://" in target:
        return _for_url(target, all_declared, delay_s)
    if target in all_declared.broken:  # even if another file declares a site of that name, as either may be meant
        broken = all_declared.broken[target]
        raise UsageError(message("{path} does not import: {error}", path=broken.path, error=broken.error))
    if target in all_declared.spiders:
        return all_declared.spiders[target]
    near = difflib.get_close_matches(target, all_declared.spiders, n=3)
    if near:
        hint = message("Did you mean {names}?", names=either(near))
    elif re.fullmatch(r"[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?", target):
        hint = message("If it is an address, write https://{target}", target=target)
    else:
        hint = message("`warraq sites` lists those declared; a URL works too.")
    raise UsageError(message("no site is called {name!r}. {hint}", name=target, hint=hint))


def _for_url(given: str, all_declared: Declared, delay_s: float | None) -> type[SiteSpider]:
    try:
        parts = urlsplit(given)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(message("{given!r} is no URL: {error}", given=given, error=error)) from error
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(message("{given!r} is no http(s) URL; give one such as https://www.example.com/", given=given))
    if "@" in parts.netloc:
        raise UsageError(
            message("the URL holds a user name or password; only what everybody may see is crawled. Leave it out")
        )
    try:
        url = clean_url(given)
    except ValueError as error:
        raise UsageError(
            message("{given!r} is no URL that can be fetched; is its host spelled right?", given=given)
        ) from error
    for spider in all_declared.spiders.values():
        if origin(spider.site.home) == origin(url):
            return spider if _is_home(url) else _with_targets(spider, (url,))
    return ad_hoc(url, delay_s=delay_s, taken=all_declared.homes)


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _with_targets(spider: type[SiteSpider], targets: tuple[str, ...]) -> type[SiteSpider]:
    """A spider of the same site for these pages only."""
    base = spider if issubclass(spider, CategorySpider) else CategorySpider
    return type(spider.__name__, (base,), {"site": spider.site, "targets": targets, "__module__": spider.__module__})


def ad_hoc(url: str, *, delay_s: float | None, taken: Mapping[str, str]) -> type[SiteSpider]:
    """A spider for an undeclared site: a home page's URL stands for the whole site, any other URL for that page only.

    taken: as for site_names.name_of.
    """
    parts = urlsplit(url)
    home = f"{parts.scheme}://{parts.netloc}/"
    site = Site(name_of(url, taken), home, delay_s=DELAY_S if delay_s is None else delay_s)
    targets = () if _is_home(url) else (url,)
    return type("AdHoc", (MultiChannelSpider,), {"site": site, "targets": targets, "__module__": __name__})
