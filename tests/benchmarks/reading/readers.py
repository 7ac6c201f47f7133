"""The engines as functions of a page; Warraq also with a site profile."""

from collections.abc import Callable, Sequence
from typing import Any

from crawler.extract import extract
from crawler.learning import learn
from crawler.profile.site_profile import SiteProfile
from crawler.site import Site
from storage.records import Capture
from tests.benchmarks.engines import worker
from tests.benchmarks.engines.corpora import Case

Read = Callable[[Case], dict[str, Any]]
# Nothing is declared about a site but its home page.
_SITE = "unseen"


def site_of(case: Case) -> Site:
    """The site of a page, of which only the home page is known."""
    return Site(_SITE, "/".join(case.gold.url.split("/")[:3]) + "/")


def capture_of(case: Case) -> Capture:
    """The page as a crawl keeps it."""
    return Capture(case.gold.url, _SITE, case.fetched_at, 200, (("Content-Type", case.content_type),), case.body)


def learned(cases: Sequence[Case]) -> SiteProfile:
    """The profile that Warraq learns from pages of one site, without their gold."""
    return learn([capture_of(case) for case in cases], site_of(cases[0]))


def warraq(profile: SiteProfile | None = None) -> Read:
    """Warraq; profile: the site's learned profile."""
    known = {} if profile is None else {"profile": profile}
    return lambda case: _plain(worker.warraq_answer(extract(capture_of(case), site_of(case), **known)))


def trafilatura(mode: str) -> Read:
    """Trafilatura with metadata. mode: as in engines.worker."""
    read = worker.trafilatura(mode)
    return lambda case: _plain(read({"body": case.body, "url": case.gold.url}))


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: worker.plain(value) for key, value in answer.items()}
