"""The newspaper on a given day, and the articles expected from its pages."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crawler.demo import stories
from crawler.demo.stories import Story
from crawler.demo.wording import DATE_FORMS
from storage.records import DateSource, Precision, Reason

NAME = "صحيفة المرفأ"
TIMEZONE = "Asia/Riyadh"  # +03:00 all year, so that a story's time of day exists on every day
_ZONE = ZoneInfo(TIMEZONE)


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """The expected extraction of one public article. Absent values are None or ().

    path: percent-encoded, from the root, as in every link. paragraphs: in order; sub-headings, quotes and list items
    count as paragraphs. categories: child, then parent. published: aware, with the page's offset; local midnight for
    precision "day". source: the most trusted place that states it. modified: None if the page states none. image: path
    of the featured image. story: a number that stays the same when title and body change.
    """

    story: int
    path: str
    title: str
    subtitle: str | None
    paragraphs: tuple[str, ...]
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    agency: str | None
    published: datetime
    precision: Precision
    source: DateSource
    modified: datetime | None
    image: str
    caption: str | None


@dataclass(frozen=True, slots=True)
class Newspaper:
    """The newspaper of one day: the same arguments give the same newspaper.

    today: local date; stories are 1 to 20 days older, so none is in the future. day: 1; from 2 on with the changes of
    the next day (five new stories, two edited, one taken down). now: aware, for pages that say "3 hours ago"; None:
    noon of today. Raises ValueError for a day before 1 or a naive now.
    """

    today: date
    day: int = 1
    now: datetime | None = None

    def __post_init__(self) -> None:
        if self.day < 1:
            raise ValueError(f"day {self.day}: the first day is 1")
        if self.now is not None and self.now.tzinfo is None:
            raise ValueError("now has no time zone")

    def on(self, day: int) -> "Newspaper":
        """The same newspaper on another day."""
        return replace(self, day=day)

    @property
    def local_now(self) -> datetime:
        """`now` in the newspaper's own zone, to the second."""
        now = self.now or datetime.combine(self.today, time(12), _ZONE)
        return now.astimezone(_ZONE).replace(microsecond=0)

    @property
    def changed_at(self) -> datetime:
        """When the second day's edits and removals were made: after all publications."""
        return self.local_now - timedelta(hours=1)

    def articles(self, day: int | None = None) -> list[SampleArticle]:
        """The public articles on the listings of a day (None: this day), newest first."""
        paper = self if day is None else self.on(day)
        return [paper.expected(story) for story in paper.listed() if story.kind == "article"]

    def withheld(self) -> dict[str, Reason | None]:
        """Paths that must give no article, with the reason: robots.txt, a password, no text, deleted.

        None: an old article that is linked only in sliders and sidebars, and never fetched by a crawl of listings.
        """
        why: dict[str, Reason | None] = {
            "private": Reason.ROBOTS,
            "protected": Reason.PROTECTED,
            "video": Reason.VIDEO,
            "old": None,
        }
        reasons = {self.path(story): why[story.kind] for story in stories.first_day() if story.kind in why}
        return reasons | {self.path(story): Reason.NOT_FOUND for story in self.gone()}

    def listed(self) -> list[Story]:
        """The stories on this day's listings, of every kind except "old", newest first."""
        stories_listed = [story for story in self.published_stories() if story.kind != "old"]
        return sorted(stories_listed, key=lambda story: (self.moment(story), story.id), reverse=True)

    def published_stories(self) -> tuple[Story, ...]:
        """Every story with a page on this day, with the edits up to this day, in no order."""
        first = stories.first_day()
        if self.day == 1:
            return first
        change = stories.next_day()
        kept = (story for story in first if story.id not in change.withdrawn)
        return (*(replace(story, **change.edits.get(story.id, {})) for story in kept), *change.new)

    def gone(self) -> list[Story]:
        """Stories that were taken down: their pages answer 410."""
        if self.day == 1:
            return []
        return [story for story in stories.first_day() if story.id in stories.next_day().withdrawn]

    def path(self, story: Story) -> str:
        """The story's path, from its first title: WordPress keeps a slug when the headline changes."""
        first = next((first for first in stories.first_day() if first.id == story.id), story)
        slug = stories.slug_of(first.title)
        if story.kind == "private":
            return f"/private/{slug}/"
        if DATE_FORMS[story.date].in_path:
            return f"/{self.moment(story):%Y/%m/%d}/{slug}/"
        return f"/archives/{story.id}/"

    def image(self, story: Story) -> str:
        """Path of the story's picture."""
        return f"/wp-content/uploads/harbour-{story.id}.svg"

    def moment(self, story: Story) -> datetime:
        """When the story was published: local, to the second."""
        now = self.local_now
        if story.date == "hours":
            return now - timedelta(hours=story.hours_ago)
        today = now.date() if story.date == "days" else self.today
        second = story.id * 7 % 60
        return datetime.combine(today - timedelta(days=story.days_ago), story.at, _ZONE).replace(second=second)

    def modified(self, story: Story) -> datetime:
        """When the story last changed: the second day's edit, else when it was published."""
        edited = self.day > 1 and story.id in stories.next_day().edits
        return self.changed_at if edited else self.moment(story)

    def expected(self, story: Story) -> SampleArticle:
        """The article expected from the story's page."""
        form = DATE_FORMS[story.date]
        moment = self.moment(story)
        if form.precision == "minute":
            moment = moment.replace(second=0)
        elif form.precision == "day":
            moment = datetime.combine(moment.date(), time(), _ZONE)
        zone = UTC if story.date == "yoast" else _ZONE  # Yoast states UTC
        return SampleArticle(
            story=story.id,
            path=self.path(story),
            title=story.title,
            subtitle=story.subtitle,
            paragraphs=story.paragraphs,
            authors=tuple(stories.authors()[slug].name for slug in story.by),
            categories=tuple(category.name for category in stories.badges(story.category)),
            tags=story.tags,
            agency=story.agency,
            published=moment.astimezone(zone),
            precision=form.precision,
            source=form.source,
            modified=self.modified(story).astimezone(zone) if form.source == "json-ld" else None,
            image=self.image(story),
            caption=story.caption,
        )
