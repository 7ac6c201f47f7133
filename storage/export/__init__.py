"""Export of the archive's articles as files, for data sets and exchange."""

from storage.export.jsonl import export_jsonl, write_export

__all__ = ["export_jsonl", "write_export"]
