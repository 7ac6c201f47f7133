"""The frontier of one site: the URLs that a crawl should request, and the state of its channels.

Spiders use this class through the protocol crawler.platforms.spider_context.Frontier.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, func, literal, select, tuple_, update

from storage.assets import WantedAsset, wanted_of
from storage.db.clock import latest_believed
from storage.db.database import insert_into, read_transaction, write
from storage.db.schema import articles, endpoints, pages, validator_checks
from storage.identity import joining
from storage.records import Channel, Endpoint, Found, Kind
from storage.rows import discoveries, tombstones
from storage.rows.discoveries import Share
from storage.rows.pages import enqueue
from storage.rows.prepared import prepare_links
from storage.rows.retry_schedule import RETRY_IS_DUE, retry_times
from storage.rows.revisit_state import profile_of
from storage.sanitise import sanitised
from storage.urls import url_host, url_key

_BATCH = 1000  # pending pages that are read at a time
_CHUNK = 500  # SQLite allows 32,766 variables a statement, older versions 999
_LONGEST_URL = 2000  # PostgreSQL refuses index entries past 2,704 bytes
_KNOWN = (
    select(pages.c.url_key)
    .where(pages.c.url_key.in_(bindparam("keys", expanding=True)))
    .where(((pages.c.site == bindparam("own_site")) | (pages.c.state != "pending")) & ~RETRY_IS_DUE)
)
_VALIDATORS_OF = (
    select(pages.c.url_key, pages.c.etag, pages.c.last_modified)
    .where(pages.c.url_key.in_(bindparam("keys", expanding=True)))
    .where(pages.c.etag.is_not(None) | pages.c.last_modified.is_not(None))
)
_VALIDATORS = select(pages.c.etag, pages.c.last_modified).where(pages.c.url_key == bindparam("key"))


class SiteFrontier:
    """The frontier of a site. Each method is one transaction, and raises ArchiveError when disk or database refuses."""

    def __init__(self, engine: Engine, site: str, clock: Callable[[], datetime]) -> None:
        """site: its name. clock: returns the present time, aware."""
        self._engine = engine
        self._site = site
        self._clock = clock
        self._newest: int | None = None  # the highest article id when the run began
        # A cache, by key, for the URLs last returned as unknown or pending, which are requested next, one by one.
        self._validators: dict[str, tuple[str | None, str | None]] = {}
        # By host, the number of checks of its validators that found nothing; None: they are false.
        self._checks: dict[str, int | None] = {}

    def unknown(self, urls: Iterable[str]) -> list[str]:
        """The URLs of unknown pages, in order, the first of each key.

        A page that was given up and is due for another attempt counts as unknown. So does one that only another site's
        listing links to. A removed page does not.
        """
        by_key: dict[str, str] = {}
        for url in urls:
            by_key.setdefault(url_key(url), url)
        known_keys: set[str] = set()
        given = {"own_site": self._site, **retry_times(self._clock())}
        with read_transaction(self._engine) as connection:
            for chunk in _chunks(list(by_key)):
                known_keys.update(connection.scalars(_KNOWN, {"keys": chunk, **given}))
            known_keys |= tombstones.among(connection, by_key)
            unknown = {key: url for key, url in by_key.items() if key not in known_keys}
            self._validators = dict.fromkeys(unknown, (None, None))
            for chunk in _chunks(list(unknown)):
                for key, etag, last_modified in connection.execute(_VALIDATORS_OF, {"keys": chunk}):
                    self._validators[key] = (etag, last_modified)
        return list(unknown.values())

    def with_article(self, urls: Iterable[str]) -> list[str]:
        """The URLs whose page has an article in the archive, in order."""
        by_key = {url_key(url): url for url in urls}
        keys: set[str] = set()
        with read_transaction(self._engine) as connection:
            for chunk in _chunks(list(by_key)):
                having = select(pages.c.url_key).where(pages.c.url_key.in_(chunk), pages.c.article_id.is_not(None))
                keys.update(connection.scalars(having))
        return [url for key, url in by_key.items() if key in keys]

    def pending(self, kind: Kind | None = None, *, after: Found | None = None, most: int = _BATCH) -> list[Found]:
        """The site's pages that were found but not fetched, oldest first; at most `most`, as there may be millions.

        kind: only pages of this kind. after: only pages behind this one, from an earlier call.
        """
        columns = (pages.c.url, pages.c.kind, pages.c.url_key, pages.c.etag, pages.c.last_modified)
        statement = select(*columns).order_by(pages.c.found_at, pages.c.url_key).limit(most)
        statement = statement.where(pages.c.site == self._site, pages.c.state == "pending")
        if kind is not None:
            statement = statement.where(pages.c.kind == kind)
        with read_transaction(self._engine) as connection:
            if self._newest is None:
                self._newest = joining.newest_article(connection)
            if after is not None:
                key = url_key(after.url)
                found_at = connection.scalar(select(pages.c.found_at).where(pages.c.url_key == key))
                place = tuple_(literal(found_at, pages.c.found_at.type), literal(key))
                statement = statement.where(tuple_(pages.c.found_at, pages.c.url_key) > place)
            rows = connection.execute(statement).all()
        self._validators = {row.url_key: (row.etag, row.last_modified) for row in rows}
        return [Found(row.url, row.kind) for row in rows]

    def listings_read(self, since: datetime, *, most: int) -> list[str]:
        """URLs of the site's listings that answered since then (aware), at most `most`, those found first."""
        answered = pages.c.kind.in_(("listing", "backlog")) & (pages.c.state == "done") & pages.c.reason.is_(None)
        answered &= (pages.c.status < 400) & (pages.c.fetched_at >= since)
        statement = select(pages.c.url).where(pages.c.site == self._site, answered)
        with read_transaction(self._engine) as connection:
            return list(connection.scalars(statement.order_by(pages.c.found_at, pages.c.url_key).limit(most)))

    def enqueue(self, new_pages: Iterable[Found]) -> None:
        """Make pages pending before they are fetched: unknown article pages, and all listings."""
        links, now = prepare_links(new_pages), self._clock()

        def add(connection: Connection) -> None:
            removed = tombstones.among(connection, [link.key for link in links])
            enqueue(connection, self._site, [link for link in links if link.key not in removed], now=now)

        write(self._engine, add)

    def due(self, limit: int) -> list[str]:
        """URLs of articles whose revisit is due, longest overdue first; none with the revisit profile "off"."""
        due = (pages.c.site == self._site) & (pages.c.next_visit_at <= self._clock())
        statement = select(pages.c.url).where(due).order_by(pages.c.next_visit_at, pages.c.url_key).limit(limit)
        with read_transaction(self._engine) as connection:
            return list(connection.scalars(statement)) if profile_of(connection, self._site) != "off" else []

    def ask_twins(self) -> None:
        """Make articles due that resemble new ones of this run (`storage.identity.joining`)."""
        newest, now = self._newest, self._clock()
        if newest is None:
            return
        with read_transaction(self._engine) as connection:
            if joining.newest_article(connection) == newest:
                return
        write(self._engine, lambda connection: joining.ask_twins(connection, self._site, after=newest, now=now))

    def edited(self, times: Mapping[str, datetime]) -> list[str]:
        """The URLs of known pages that were fetched before their last change, in order. times: changes, aware."""
        by_key = {url_key(url): url for url in times}
        edited: set[str] = set()
        with read_transaction(self._engine) as connection:
            for chunk in _chunks(list(by_key)):
                fetched = select(pages.c.url_key, pages.c.fetched_at).where(pages.c.url_key.in_(chunk))
                for key, fetched_at in connection.execute(fetched):
                    if fetched_at is not None and fetched_at < times[by_key[key]]:
                        edited.add(key)
        return [url for key, url in by_key.items() if key in edited]

    def mark_due(self, times: Mapping[str, datetime]) -> list[str]:
        """Make articles due at the time when their pages changed (aware), if that is earlier than planned.

        Returns the URLs without an article, in order.
        """
        by_key = {url_key(url): url for url in times}

        def mark(connection: Connection) -> set[str]:
            of_articles: set[str] = set()
            for chunk in _chunks(sorted(by_key)):  # writers that lock rows in the same order can't deadlock
                planned = select(pages.c.url_key, pages.c.next_visit_at)
                planned = planned.join(articles, articles.c.id == pages.c.article_id)
                mine = planned.where(pages.c.url_key.in_(chunk), articles.c.status != "removed")
                for key, next_visit_at in connection.execute(mine).all():
                    of_articles.add(key)
                    changed = times[by_key[key]]
                    if next_visit_at is None or changed < next_visit_at:
                        page = pages.c.url_key == key
                        connection.execute(update(pages).where(page).values(next_visit_at=changed))
            return of_articles

        of_articles = write(self._engine, mark) if by_key else set()
        return [url for key, url in by_key.items() if key not in of_articles]

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """(ETag, Last-Modified) of the page's last successful response, for a conditional request (RFC 9110 §13).

        Both None if the validators of its host are false.
        """
        key = url_key(url)
        known = self._validators.get(key)
        if known is None:
            with read_transaction(self._engine) as connection:
                row = connection.execute(_VALIDATORS, {"key": key}).first()
            known = (row.etag, row.last_modified) if row is not None else (None, None)
        return (None, None) if known != (None, None) and self._checks_of(url) is None else known

    def checks_of(self, url: str) -> int:
        """The number of checks of the validators of the URL's host that found nothing."""
        return self._checks_of(url) or 0

    def note_check(self, url: str, *, agrees: bool) -> None:
        """Record a check of the validators of the URL's host. agrees: it found nothing; otherwise they are false."""
        host, now = url_host(url), self._clock()
        self._checks[host] = self.checks_of(url) + 1 if agrees else None
        row = {"host": host, "checks": int(agrees), "false_at": None if agrees else now, "url": sanitised(url)}

        def note(connection: Connection) -> None:
            new = insert_into(connection, validator_checks).values(row)
            more = {"checks": validator_checks.c.checks + 1} if agrees else {"false_at": now, "url": row["url"]}
            connection.execute(new.on_conflict_do_update(index_elements=["host"], set_=more))

        write(self._engine, note)

    def ask_unchanged(self, host: str) -> None:
        """Make the site's articles due whose pages at a host answered 304 to the last request."""
        unchanged = (pages.c.site == self._site) & (pages.c.status == 304) & pages.c.article_id.is_not(None)
        unchanged &= pages.c.url_key.startswith(f"{host}/", autoescape=True)
        write(
            self._engine,
            lambda connection: connection.execute(update(pages).where(unchanged).values(next_visit_at=self._clock())),
        )

    def _checks_of(self, url: str) -> int | None:
        host = url_host(url)
        if host not in self._checks:
            known = select(validator_checks.c.checks, validator_checks.c.false_at)
            with read_transaction(self._engine) as connection:
                row = connection.execute(known.where(validator_checks.c.host == host)).first()
            self._checks[host] = 0 if row is None else row.checks if row.false_at is None else None
        return self._checks[host]

    def wanted_assets(
        self, limit: int, *, after: WantedAsset | None = None, since: datetime | None = None
    ) -> list[WantedAsset]:
        """The pictures and style sheets of the site's pages that were not fetched, as `storage.assets.wanted_of`."""
        with read_transaction(self._engine) as connection:
            return wanted_of(connection, self._site, limit=limit, after=after, since=since)

    def endpoints(self) -> list[Endpoint]:
        """The site's endpoints that earlier runs requested, ordered by channel and URL."""
        columns = (
            endpoints.c.channel,
            endpoints.c.url,
            endpoints.c.asked_at,
            endpoints.c.good_at,
            endpoints.c.failures,
            endpoints.c.idle,
        )
        mine: ColumnElement[bool] = endpoints.c.site == self._site
        statement = select(*columns).where(mine).order_by(endpoints.c.channel, endpoints.c.url)
        with read_transaction(self._engine) as connection:
            rows = [Endpoint(*row) for row in connection.execute(statement)]
        return [each if each.asked_at <= latest_believed(self._clock()) else _undated(each) for each in rows]

    def record_endpoints(self, tried: Collection[Endpoint]) -> None:
        """Record the results of a run's endpoints. One that was not read completely keeps its last success."""

        def record(connection: Connection) -> None:
            for endpoint in tried:
                url = sanitised(endpoint.url)
                if len(url.encode()) > _LONGEST_URL:
                    continue
                values = {"asked_at": endpoint.asked_at, "failures": endpoint.failures, "idle": endpoint.idle}
                if endpoint.good_at is not None:
                    values["good_at"] = endpoint.good_at
                row = insert_into(connection, endpoints)
                row = row.values(site=self._site, channel=endpoint.channel, url=url, **values)
                connection.execute(row.on_conflict_do_update(index_elements=["site", "channel", "url"], set_=values))

        write(self._engine, record)

    def shares(self, run_id: int, reach: Mapping[Channel, datetime | None]) -> dict[Channel, Share]:
        """Each channel's share of the run's new articles; see storage.rows.discoveries.shares."""
        with read_transaction(self._engine) as connection:
            return discoveries.shares(connection, run_id, reach)

    def oldest(self, urls: Iterable[str]) -> datetime | None:
        """The earliest publication date of the articles at these URLs; None if none is known."""
        keys = [url_key(url) for url in urls][: 4 * _CHUNK]
        if not keys:
            return None
        statement = select(func.min(articles.c.published_at)).where(articles.c.url_key.in_(keys))
        with read_transaction(self._engine) as connection:
            published_at: datetime | None = connection.scalar(statement)
        return published_at


def _undated(endpoint: Endpoint) -> Endpoint:
    """Reset an endpoint that a wrong clock dated in the future, so that it is requested as if for the first time."""
    return replace(endpoint, asked_at=datetime.min.replace(tzinfo=UTC), good_at=None)


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))
