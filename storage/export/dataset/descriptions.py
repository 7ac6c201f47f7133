"""Machine-readable descriptions of a data set: Croissant metadata and a citation file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage.export.article_schema import Field

_TYPES = {
    "string": "sc:Text",
    "strings": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "instant": "sc:DateTime",
}
# The context that https://docs.mlcommons.org/croissant/docs/croissant-spec.html (1.0) requires.
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "includes": "cr:includes",
    "recordSet": "cr:recordSet",
    "repeated": "cr:repeated",
    "sc": "https://schema.org/",
    "source": "cr:source",
}


@dataclass(frozen=True, slots=True)
class About:
    """The title and authors of a data set. version: of its contents."""

    title: str
    creator: str
    version: str
    description: str


def croissant(
    about: About, fields: Sequence[Field], files: Sequence[dict[str, Any]], media_type: str
) -> dict[str, Any]:
    """Croissant 1.0 (JSON-LD). files: name, bytes and sha256 of each data file."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about.title,
        "description": about.description,
        "version": about.version,
        "inLanguage": "ar",
        "creator": {"@type": "Organization", "name": about.creator},
        "license": "The texts are their publishers'; see README.md",
        "citeAs": f"{about.creator}: {about.title}, version {about.version}",
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": each["name"],
                "name": each["name"],
                "contentUrl": each["name"],
                "contentSize": f"{each['bytes']} B",
                "encodingFormat": media_type,
                "sha256": each["sha256"],
            }
            for each in files
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": f"articles/{each['name']}",
                "name": each["name"],
                "field": [_field(field, each["name"]) for field in fields],
            }
            for each in files
        ],
    }


def _field(field: Field, file: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"articles/{file}/{field.name}",
        "name": field.name,
        "dataType": _TYPES[field.kind],
        "repeated": field.kind == "strings",
        "source": {"fileObject": {"@id": file}, "extract": {"column": field.name}},
    }


def citation(about: About) -> str:
    """A citation file (https://citation-file-format.github.io, 1.2.0)."""
    return (
        "cff-version: 1.2.0\n"
        "type: dataset\n"
        "message: If you use this data set, please cite it as below, with its version.\n"
        f"title: {quoted(about.title)}\n"
        f"version: {quoted(about.version)}\n"
        f"abstract: {quoted(about.description)}\n"
        f"authors:\n  - name: {quoted(about.creator)}\n"
    )


def quoted(text: str) -> str:
    """A scalar of YAML in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter.isprintable() else " " for letter in escaped) + '"'
