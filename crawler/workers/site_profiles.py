"""Site profiles in the archive: what is stored of one, and what the archive teaches beside it."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine

from crawler.extract.fields.bylines import is_agency_dateline
from crawler.html.spelling import comparable_line
from crawler.learning import LEARNER, MOST_PAGES, Generation
from crawler.profile.furniture_lines import recurring_lines
from crawler.profile.line_keys import line_key
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from storage.db.database import read_transaction
from storage.queries import reextraction_queue
from storage.records import Position
from storage.rows import profiles
from storage.rows.profiles import StoredProfile

STAGES = (5, 24)  # pages from which a profile is learned, and learned again


def stored_profile(engine: Engine, site: str) -> StoredProfile:
    """What the archive has of the site's profile."""
    with read_transaction(engine) as connection:
        return profiles.known(connection, site)


def profile_of(stored: StoredProfile) -> SiteProfile:
    """The profile as `extract` takes it, without what is forgotten."""
    try:
        rest = SiteProfile.from_plain(stored.profile)
    except (KeyError, TypeError, ValueError, AttributeError):  # of another version of the program: learned again
        rest = NO_PROFILE
    return replace(rest, lines=stored.lines - stored.forgotten, furniture=rest.furniture - stored.forgotten)


def pages_behind(stored: StoredProfile) -> int:
    """The number of pages that the profile was learned from; 0 where it has to be learned anew."""
    is_current = stored.profile.get("learner") == LEARNER and profile_of(stored).templates
    return stored.pages if is_current else 0


def stage(pages: int) -> int:
    """The largest of STAGES that so many pages reach; 0 for none."""
    return max((each for each in STAGES if each <= pages), default=0)


def latest_captures(engine: Engine, stored: StoredProfile, site: str) -> list[Position]:
    """Where the latest captures of the site's articles are, one of each, as far as the latest design goes back."""
    with read_transaction(engine) as connection:
        return reextraction_queue.article_sample(connection, site, most=MOST_PAGES, since=stored.began_at)


def with_generation(stored: StoredProfile, generation: Generation) -> StoredProfile:
    """The stored profile with what was learned in place of what was known."""
    profile, is_redesign = generation.profile, generation.began_at is not None
    plain = profile.plain()
    del plain["lines"]  # they have a column of their own
    return replace(
        stored,
        profile={"learner": LEARNER, **plain},
        generation=max(1, stored.generation + is_redesign),
        pages=generation.pages,
        fingerprint=fingerprint(profile),
        began_at=generation.began_at or stored.began_at,
    )


def fingerprint(profile: SiteProfile) -> str | None:
    """Of the latest design: twelve hexadecimal digits of where its body stands; None without a template."""
    if not profile.templates:
        return None
    return sha256(profile.templates[0].container.encode("utf-8", "replace")).hexdigest()[:12]


def with_current_lines(engine: Engine, stored: StoredProfile, site: str) -> StoredProfile:
    """The stored profile, and the lines that the site's articles show now. Writes nothing."""
    with read_transaction(engine) as connection:
        recurring = recurring_lines(profiles.texts(connection, site)) - stored.forgotten
    new = (line for line in recurring if not is_agency_dateline(line))
    return replace(stored, lines=profiles.merged(new, stored.lines))


def without_line(stored: StoredProfile, text: str) -> StoredProfile:
    """The stored profile without a line, which is never learned again."""
    forgotten = {comparable_line(text), line_key(text)} - {""}
    return replace(stored, lines=stored.lines - forgotten, forgotten=stored.forgotten | forgotten)


def described(stored: StoredProfile) -> dict[str, Any]:
    """The profile as JSON, for people: see docs/formats.md."""
    profile = profile_of(stored)
    plain = profile.plain()
    return {
        "generation": stored.generation,
        "pages": stored.pages,
        "learned_at": stored.learned_at.isoformat(timespec="seconds") if stored.learned_at else None,
        "fingerprint": stored.fingerprint,
        **plain,
        "forgotten": sorted(stored.forgotten),
    }


def is_known_line(stored: StoredProfile, text: str) -> bool:
    """Whether the profile leaves this line out."""
    profile = profile_of(stored)
    return comparable_line(text) in profile.lines or line_key(text) in profile.furniture
