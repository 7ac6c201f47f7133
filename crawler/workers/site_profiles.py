"""Site profiles in the archive: read a stored profile, and complete it with what the archive's articles show."""

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

STAGES = (5, 24)  # numbers of pages at which a profile is learned first, and learned again


def stored_profile(engine: Engine, site: str) -> StoredProfile:
    """The site's profile as the archive has it."""
    with read_transaction(engine) as connection:
        return profiles.known(connection, site)


def profile_of(stored: StoredProfile) -> SiteProfile:
    """The profile as `extract` takes it, without its forgotten lines."""
    try:
        rest = SiteProfile.from_plain(stored.profile)
    except (KeyError, TypeError, ValueError, AttributeError):  # another version of the program wrote it: learn anew
        rest = NO_PROFILE
    return replace(rest, lines=stored.lines - stored.forgotten, furniture=rest.furniture - stored.forgotten)


def pages_behind(stored: StoredProfile) -> int:
    """The number of pages that the profile was learned from; 0 if it must be learned anew."""
    is_current = stored.profile.get("learner") == LEARNER and profile_of(stored).templates
    return stored.pages if is_current else 0


def stage(pages: int) -> int:
    """The largest of STAGES that this number of pages reaches; 0 for none."""
    return max((each for each in STAGES if each <= pages), default=0)


def latest_captures(engine: Engine, stored: StoredProfile, site: str) -> list[Position]:
    """The positions of the latest captures of the site's articles, one for each, since the current design began."""
    with read_transaction(engine) as connection:
        return reextraction_queue.article_sample(connection, site, most=MOST_PAGES, since=stored.began_at)


def with_generation(stored: StoredProfile, generation: Generation) -> StoredProfile:
    """The stored profile with a newly learned one in place of its old content."""
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
    """A digest of the body's container in the latest template: twelve hexadecimal digits; None without a template."""
    if not profile.templates:
        return None
    return sha256(profile.templates[0].container.encode("utf-8", "replace")).hexdigest()[:12]


def with_current_lines(engine: Engine, stored: StoredProfile, site: str) -> StoredProfile:
    """The stored profile with the lines that recur in the site's articles now. Writes nothing."""
    with read_transaction(engine) as connection:
        recurring = recurring_lines(profiles.texts(connection, site)) - stored.forgotten
    new = (line for line in recurring if not is_agency_dateline(line))
    return replace(stored, lines=profiles.merged(new, stored.lines))


def without_line(stored: StoredProfile, text: str) -> StoredProfile:
    """The stored profile without this line, which is marked as forgotten and never learned again."""
    forgotten = {comparable_line(text), line_key(text)} - {""}
    return replace(stored, lines=stored.lines - forgotten, forgotten=stored.forgotten | forgotten)


def described(stored: StoredProfile) -> dict[str, Any]:
    """The profile as JSON; see docs/formats.md."""
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
    """Whether extraction with this profile leaves the line out."""
    profile = profile_of(stored)
    return comparable_line(text) in profile.lines or line_key(text) in profile.furniture
