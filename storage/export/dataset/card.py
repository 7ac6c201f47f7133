"""The card of a data set, README.md in Hugging Face's format: how to load it, its measures, and its rights."""

from collections.abc import Mapping, Sequence
from typing import Any

from storage.export.article_schema import Field
from storage.export.dataset.descriptions import About, quoted

# https://huggingface.co/docs/datasets: names of types in `dataset_info`.
_TYPES = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool"}
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_FEW = 15  # rows of a table
_PLOTS = ("months", "sites", "lengths", "fields", "duplicates", "left_out")


def card(
    about: About, fields: Sequence[Field], manifest: Mapping[str, Any], splits: Mapping[str, tuple[int, list[str]]]
) -> str:
    """The text of README.md. splits: number of articles and files by name. `manifest["measures"]` has the counts."""
    measures = manifest["measures"]
    articles = measures["articles"]
    size = next((name for most, name in _SIZES if articles < most), "1M<n<10M")
    first = next((files[0] for _, files in splits.values() if files), "")
    lines = [
        "---",
        "language:",
        "- ar",
        "license: other",
        "license_name: rights-of-the-publishers",
        f"pretty_name: {quoted(about.title)}",
        f"size_categories:\n- {size}",
        "task_categories:\n- text-generation\n- summarization",
        "tags:\n- news\n- arabic\n- warraq",
        *_configs(fields, splits),
        "---",
        "",
        f"# {about.title}",
        "",
        about.description,
        "",
        "```python",
        "from datasets import load_dataset",
        "",
        'load_dataset("path/to/this/folder")',
        "```",
        "",
        f"Version `{about.version}`: {articles:,} articles, {measures['words']:,} words, "
        f"{len(measures['sites']):,} site(s). The first file is `{first}`.",
        "",
        "| split | articles |",
        "| --- | ---: |",
        *(f"| {name} | {count:,} |" for name, (count, _) in splits.items()),
        "",
        *_measured(manifest),
        *_rights(manifest),
        *_making(manifest),
        *_fields(fields, measures),
    ]
    return "\n".join(lines) + "\n"


def _configs(fields: Sequence[Field], splits: Mapping[str, tuple[int, list[str]]]) -> list[str]:
    lines = ["configs:", "- config_name: default", "  data_files:"]
    for name, (_, files) in splits.items():
        lines += [f"  - split: {name}", "    path:", *(f"    - {quoted(file)}" for file in files)]
    lines += ["dataset_info:", "  features:"]
    for each in fields:
        lines.append(f"  - name: {each.name}")
        if each.kind == "strings":
            lines.append("    list: string")
        elif each.kind == "instant":
            lines.append("    dtype: timestamp[us, tz=UTC]")
        else:
            lines.append(f"    dtype: {_TYPES[each.kind]}")
    return lines


def _measured(manifest: Mapping[str, Any]) -> list[str]:
    measures = manifest["measures"]
    articles, distinct = measures["articles"], measures["distinct_texts"]
    return [
        "## Measured",
        "",
        *(f"![{name}](plots/{name}.svg)" for name in _PLOTS),
        "",
        "| site | articles |",
        "| --- | ---: |",
        *(f"| {name} | {count:,} |" for name, count in list(measures["sites"].items())[:_FEW]),
        *([f"| {len(measures['sites']) - _FEW:,} more | |"] if len(measures["sites"]) > _FEW else []),
        "",
        f"Duplicates: {articles - distinct:,} articles say word for word what another one says; "
        f"{measures['in_clusters']:,} are in {measures['clusters']:,} clusters of near-duplicates (`cluster`). Splits "
        "never part a cluster.",
        "",
    ]


def _rights(manifest: Mapping[str, Any]) -> list[str]:
    reserved = manifest["left_out"].get("reserved", 0)
    respected = manifest["selection"]["reservations"] == "respected"
    return [
        "## Rights",
        "",
        "The texts are their publishers'; each has its `url`. This card grants no right in them.",
        "",
        f"Reservations of the pages against archiving, mining or training were "
        f"{'respected: ' + format(reserved, ',') + ' articles were left out' if respected else 'ignored'}; "
        "`reservations` names those of each article.",
        "",
    ]


def _making(manifest: Mapping[str, Any]) -> list[str]:
    left_out = [f"- {count:,}: {reason}" for reason, count in manifest["left_out"].items()]
    return [
        "## How it was made",
        "",
        f"By Warraq {manifest['warraq']}, records of schema {manifest['schema']}, from its archive of crawled pages:",
        "",
        "```sh",
        str(manifest["rebuild"]),
        "```",
        "",
        "The same archive gives the same bytes. `manifest.json` has the selection, the digest of every file "
        f"and of the selected articles (`{manifest['articles_sha256'][:16]}…`); `schema.json` describes a record.",
        "",
        *(["Left out:", "", *left_out, ""] if left_out else []),
        "Extractors: " + ", ".join(f"{name} ({count:,})" for name, count in manifest["extractors"].items()) + ".",
        "",
    ]


def _fields(fields: Sequence[Field], measures: Mapping[str, Any]) -> list[str]:
    articles = measures["articles"] or 1
    rows = (
        f"| `{each.name}` | {each.kind} | {100 * measures['filled'][each.name] / articles:.1f} % |" for each in fields
    )
    return ["## Fields", "", "| field | type | filled |", "| --- | --- | ---: |", *rows]
