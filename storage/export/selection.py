"""The selection of an export: which articles, and which fields."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import orjson

from storage.export.article_schema import FIELDS, SCHEMA, Field
from storage.filters import Filters
from storage.quality.thresholds import QUALITY


@dataclass(frozen=True, slots=True)
class ExportSelection:
    """The articles and fields to export. fields: of each article, in order.

    reserved: include articles whose pages ask not to be indexed, archived, mined or trained on. quality: signals
    (storage.quality) whose thresholds an article has to meet. sample: maximum number of articles, drawn by the seed;
    per_site: maximum of each site. The same seed draws the same articles, and a larger sample contains a smaller one.
    as_of: aware; articles as the archive had them just before (storage.export.as_of); None: as they are now.
    """

    filters: Filters = field(default_factory=Filters)
    fields: Sequence[Field] = FIELDS
    reserved: bool = False
    quality: tuple[str, ...] = ()
    sample: int | None = None
    per_site: int | None = None
    seed: int = 0
    as_of: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The selection as JSON, without conditions that are not set."""
        asked = {each.name: getattr(self.filters, each.name) for each in fields(Filters) if each.name != "excluded"}
        drawn = {"sample": self.sample, "max_per_site": self.per_site}
        limits = {name: value for name, value in drawn.items() if value is not None}
        return {
            "filters": {
                name: _named(value) for name, value in asked.items() if value is not None and value is not False
            },
            "reservations": "ignored" if self.reserved else "respected",
            "quality": {"thresholds": QUALITY, "signals": list(self.quality)} if self.quality else None,
            **limits,
            "as_of": _named(self.as_of),
            "seed": self.seed if limits else None,
            "fields": [each.name for each in self.fields],
            "schema": SCHEMA,
        }

    def digest(self) -> str:
        """SHA-256 of the selection, in hex."""
        return hashlib.sha256(orjson.dumps(self.as_json(), option=orjson.OPT_SORT_KEYS)).hexdigest()


def _named(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
