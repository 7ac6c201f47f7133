"""The models of the API's responses, from which the OpenAPI document is made. Absent values are null or []."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class ErrorAnswer(BaseModel):
    """An error: what is wrong, and what to do."""

    error: str


class HitAnswer(BaseModel):
    """One article that a search found. Spans are [start, end) in title and snippet."""

    id: int
    url: str
    site: str
    title: str
    title_spans: list[tuple[int, int]]
    section: str | None
    published_at: str | None = Field(description="ISO 8601; a date or month alone where no more is known")
    precision: str | None
    snippet: str
    spans: list[tuple[int, int]]
    score: float | None
    matched_as: Literal["exact", "folded", "stem", "lemma"] | None = Field(
        description="How the words of the query stand there, at the worst of them"
    )


class OtherSpellingAnswer(BaseModel):
    """Another spelling of a name in the query, which the search does not look for."""

    word: str = Field(description="The word of the query, folded")
    spelling: str
    articles: int = Field(description="How many articles have it")


class SearchAnswer(BaseModel):
    """A page of hits. next: the cursor of the page after; null at the end. also_written: on the first page."""

    total: int
    hits: list[HitAnswer]
    also_written: list[OtherSpellingAnswer]
    next: str | None


class FacetAnswer(BaseModel):
    """A value in the form that the filter of the same name takes (a month as 2025-11), and its number of articles."""

    value: str
    count: int


class FacetsAnswer(BaseModel):
    """total: number of matching articles. facets: by kind, the most frequent values first, months newest first."""

    total: int
    facets: dict[Literal["section", "author", "tag", "site", "country", "agency", "month"], list[FacetAnswer]]


class ArticleAnswer(BaseModel):
    """An article, with the keys of an exported line (docs/formats.md)."""

    model_config = ConfigDict(extra="allow")

    id: int
    url: str
    site: str
    title: str
    text: str
    authors: list[str]
    tags: list[str]
    published_at: str | None
    version: int
    status: str
    first_seen_at: str
    last_seen_at: str
    content_sha256: str
    imported_from: str | None = Field(
        description="Format in which the text was imported; null where a capture shows it"
    )


class ImportAnswer(BaseModel):
    """The source of an imported text. version: its number in the archive that exported it; null if unknown."""

    format: str
    file: str
    at: str
    version: int | None


class ArticlesAnswer(BaseModel):
    """A page of articles, the newest first. next: as in SearchAnswer."""

    articles: list[ArticleAnswer]
    next: str | None


class VersionAnswer(BaseModel):
    """One version of an article, with the keys of `warraq history --json`."""

    model_config = ConfigDict(extra="allow")

    number: int
    seen_at: str
    title: str
    word_count: int
    content_sha256: str
    url: str | None
    warc: dict[str, Any] | None
    imported: ImportAnswer | None


class VersionsAnswer(BaseModel):
    """All versions of an article, oldest first, and the events of the article as a whole."""

    versions: list[VersionAnswer]
    events: list[dict[str, Any]]


class DiffAnswer(BaseModel):
    """What changed between two versions, with the keys of `warraq diff --json`."""

    old: dict[str, Any]
    new: dict[str, Any]
    changed: list[str]
    edits: list[str]
    title: list[dict[str, Any]]
    text: list[dict[str, Any]]
    metadata: dict[str, list[Any]]
    words: dict[str, int]


class CaptureAnswer(BaseModel):
    """One response of a page of an article, and the position of its bytes in the archive."""

    id: int
    url: str
    fetched_at: str
    status: int
    content_type: str | None
    size: int
    digest: str
    reason: str | None
    refers_to: int | None
    version: int | None
    warc: dict[str, Any]


class CapturesAnswer(BaseModel):
    """All captures of an article, oldest first."""

    captures: list[CaptureAnswer]


class NamedArticle(BaseModel):
    """The fields that identify an article."""

    id: int
    url: str
    site: str
    newspaper: str | None
    title: str
    published_at: str | None


class CopyAnswer(NamedArticle):
    """A copy of an article. relation, share: in relation to the article `source_id`."""

    relation: str
    share: float
    source_id: int | None


class SimilarAnswer(BaseModel):
    """The source of an article, and the articles that copy it or the same source: `copies`, earliest first, `total`."""

    article: NamedArticle
    relation: str
    share: float
    source: NamedArticle | None
    also: NamedArticle | None
    first: NamedArticle | None
    cluster: int | None
    credits: list[str]
    quotations: list[str]
    total: int
    copies: list[CopyAnswer]


class EditAnswer(BaseModel):
    """One edit. edits: what the editor did. number: of the version it made; null if the article is gone or restored."""

    article_id: int
    url: str
    site: str
    at: str
    title: str
    classes: list[str]
    edits: list[str]
    number: int | None
    old_title: str | None
    reason: str | None


class EditsAnswer(BaseModel):
    """A page of edits, newest first. It may hold fewer than `limit` even if `next` is not null."""

    edits: list[EditAnswer]
    next: str | None


class SiteAnswer(BaseModel):
    """One site of the archive."""

    name: str
    home: str
    title: str | None
    country: str | None
    timezone: str
    articles: int
    first_published: str | None
    last_published: str | None
    last_success: str | None


class SitesAnswer(BaseModel):
    """All sites, by name."""

    sites: list[SiteAnswer]


class RunAnswer(BaseModel):
    """One crawl of one site."""

    model_config = ConfigDict(extra="allow")

    id: int
    site: str
    started_at: str | None
    finished_at: str | None
    status: str
    requests: int
    new: int
    changed: int
    same: int
    gone: int
    reasons: dict[str, int]
    message: str | None


class RunsAnswer(BaseModel):
    """The latest runs, newest first."""

    runs: list[RunAnswer]
