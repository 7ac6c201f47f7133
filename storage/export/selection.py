"""Which articles an export holds, and what is given of each."""

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
    """What is exported. fields: what is given of each article, in order.

    reserved: also articles whose pages ask not to be indexed, archived, mined or trained on. quality: signals
    (storage.quality) whose thresholds an article has to keep. sample: so many articles at most, drawn by the seed;
    per_site: so many of each site. The same seed draws the same articles, and a larger sample holds a smaller one.
    as_of: aware; articles as the archive had them just before then (storage.export.as_of). None: as it is.
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
        """What was asked for, in names: conditions that are not set are left out."""
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
        """SHA-256 of what was asked for, hex."""
        return hashlib.sha256(orjson.dumps(self.as_json(), option=orjson.OPT_SORT_KEYS)).hexdigest()


def _named(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
