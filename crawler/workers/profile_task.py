"""Learning of a site's profile in a worker process, from captures in WARC files, in bounded time and memory."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Engine

from crawler.learning import Generation, relearn
from crawler.profile.site_profile import SiteProfile
from crawler.site import Site
from crawler.workers import site_profiles
from crawler.workers.pool import ExtractorPool
from crawler.workers.worker_main import TooSlow, within_limit
from crawler.workers.worker_process import WorkerDied
from storage.errors import ArchiveError, WorkersUnavailable
from storage.records import Capture, Position
from storage.rows.profiles import StoredProfile
from storage.warc.writer import read_capture

LIMIT_S = 60.0
LARGEST_BYTES = 2 * 1024**2  # of one page; larger ones are left out
MOST_BYTES = 24 * 1024**2  # of all pages together
_log = logging.getLogger("warraq.learning")
Sample = Sequence[Position | Capture]


async def relearn_in_pool(
    pool: ExtractorPool, folder: Path, sample: Sample, site: Site, old: SiteProfile, *, only_unfit: bool = False
) -> Generation | None:
    """Call `relearn` in a process of the pool. None if it learned nothing, took too long or failed, which is logged.

    folder: the archive's. sample: captures or their positions; those that can't be read are left out.
    """
    generation: Generation | str | None
    try:
        generation = await pool.run((relearn_within_limit, folder, list(sample), site, old, only_unfit), LIMIT_S)
    except (WorkerDied, WorkersUnavailable) as error:
        generation = str(error)
    if isinstance(generation, str):
        _log.warning("no profile was learned of %s: %s", site.name, generation)
        return None
    return generation


async def current_profile(engine: Engine, folder: Path, pool: ExtractorPool, site: Site) -> StoredProfile:
    """The site's profile, learned from its present captures and articles. Writes nothing. folder: the archive's."""
    stored = site_profiles.stored_profile(engine, site.name)
    sample = site_profiles.latest_captures(engine, stored, site.name)
    behind = site_profiles.pages_behind(stored)
    if site_profiles.stage(len(sample)):
        only_unfit = site_profiles.stage(len(sample)) <= site_profiles.stage(behind)
        profile = site_profiles.profile_of(stored)
        generation = await relearn_in_pool(pool, folder, sample, site, profile, only_unfit=only_unfit)
        if generation is not None:
            stored = site_profiles.with_generation(stored, generation)
    return site_profiles.with_current_lines(engine, stored, site.name)


def relearn_within_limit(
    folder: Path, sample: Sample, site: Site, old: SiteProfile, only_unfit: bool
) -> Generation | str | None:
    """Call `relearn` in this process; returns an error message (str) if it takes too long or raises."""
    try:
        return within_limit(lambda: relearn(_read(folder, sample), site, old, only_unfit=only_unfit), LIMIT_S)
    except TooSlow:
        return f"it took longer than {LIMIT_S:g} s"
    except MemoryError:
        raise
    except Exception as error:  # a parser bug must not end a crawl
        return f"{type(error).__name__}: {error}"


def _read(folder: Path, sample: Sample) -> Iterator[Capture]:
    left = MOST_BYTES
    for each in sample:
        try:
            capture = each if isinstance(each, Capture) else read_capture(folder, each)
        except ArchiveError:
            continue
        if len(capture.body) <= min(left, LARGEST_BYTES):
            left -= len(capture.body)
            yield capture
