"""The fields of an exported article: names, types and order, the same for every format.

SCHEMA is the schema's number, stated in manifests and Parquet files. A later schema adds fields at the end and renames
none. docs/formats.md describes each field.
"""

from dataclasses import dataclass
from typing import Literal

from storage.errors import UsageError
from storage.messages import message
from storage.quality import THRESHOLDS

SCHEMA = 2  # 1 had no imported_from

# instant: ISO 8601 with an offset in JSON, a timestamp in UTC (microseconds) in Parquet. strings: a list, never null.
# values: a list, in JSON lines only.
FieldKind = Literal["string", "strings", "integer", "number", "boolean", "instant", "values"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an article. required: it is never null."""

    name: str
    kind: FieldKind = "string"
    required: bool = False


FIELDS = (
    Field("url", required=True),
    Field("site", required=True),
    Field("title", required=True),
    Field("subtitle"),
    Field("authors", "strings", required=True),
    Field("agency"),
    Field("section"),
    Field("categories", "strings", required=True),
    Field("tags", "strings", required=True),
    Field("published_at", "instant"),
    Field("published_raw"),
    Field("published_precision"),
    Field("published_source"),
    Field("modified_at", "instant"),
    Field("language"),
    Field("description"),
    Field("image"),
    Field("reservations", "strings", required=True),
    Field("text", required=True),
    Field("id", "integer", required=True),
    Field("country"),
    Field("version", "integer", required=True),
    Field("versions", "integer", required=True),
    Field("status", required=True),
    Field("first_seen_at", "instant", required=True),
    Field("last_seen_at", "instant", required=True),
    Field("word_count", "integer", required=True),
    Field("content_sha256", required=True),
    Field("extractor", required=True),
    Field("partial", "boolean", required=True),
    Field("cluster", "integer"),
    Field("published_offset", "integer"),
    Field("modified_offset", "integer"),
    Field("imported_from"),
)
# Optional columns of storage.quality, after the others.
QUALITY_FIELDS = (
    *(Field(each.signal, "integer" if each.signal == "stop_words" else "number") for each in THRESHOLDS),
    Field("length_class"),
)
# The change of an article since an earlier export (storage.export.manifests.delta): added, changed or removed.
CHANGE = Field("change", required=True)
# The fields of an edit (storage.queries.edit_pairs). Instants are text.
EDIT_FIELDS = (
    Field("id", "integer", required=True),
    *(Field(name, required=True) for name in ("url", "site")),
    *(Field(name, "integer", required=True) for name in ("version_before", "version")),
    *(Field(name, required=True) for name in ("seen_before_at", "seen_at", "title_before", "title")),
    *(Field(name, "values", required=True) for name in ("changed", "edits", "sentences")),
    *(Field(name, required=True) for name in ("content_sha256_before", "content_sha256")),
)
# For each instant, the column with the UTC offset that the page stated, in minutes east.
OFFSETS = {"published_at": "published_offset", "modified_at": "modified_offset"}


def chosen_fields(wanted: str | None, known: tuple[Field, ...] = FIELDS) -> tuple[Field, ...]:
    """The fields of a list such as "url,title,text", in that order, or all except those of "-text,-image"; None: all.

    Raises UsageError for an unknown name, for a name that occurs twice, and for a list of both kinds.
    """
    if wanted is None:
        return known
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    if not names:
        raise UsageError(message("--fields names no field; write them as url,title,text"))
    by_name = {field.name: field for field in known}
    plain = [name.removeprefix("-") for name in names]
    for name in plain:
        if name not in by_name:
            raise UsageError(
                message("there is no field {name!r}; the fields are {known}", name=name, known=", ".join(by_name))
            )
        if plain.count(name) > 1:
            raise UsageError(message("--fields names {name!s} twice", name=name))
    left_out = [name for name in names if name.startswith("-")]
    if not left_out:
        return tuple(by_name[name] for name in names)
    if len(left_out) < len(names):
        raise UsageError(message("--fields takes names to give, or names with - before them to leave out, not both"))
    rest = tuple(field for field in known if field.name not in plain)
    if not rest:
        raise UsageError(message("--fields leaves out every field"))
    return rest


def json_schema(fields: tuple[Field, ...] = FIELDS) -> dict[str, object]:
    """The JSON Schema (2020-12) of one line of an export."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Article, schema {SCHEMA}",
        "type": "object",
        "properties": {field.name: _json_type(field) for field in fields},
        "required": [field.name for field in fields],
        "additionalProperties": False,
    }


def _json_type(field: Field) -> dict[str, object]:
    if field.kind in ("strings", "values"):
        return {"type": "array", **({"items": {"type": "string"}} if field.kind == "strings" else {})}
    name = "string" if field.kind == "instant" else field.kind
    about: dict[str, object] = {"type": name if field.required else [name, "null"]}
    if field.kind == "instant":
        about["format"] = "date-time"
    return about
