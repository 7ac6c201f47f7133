"""Export of the archive's articles to files, for data sets and exchange."""

from storage.export.exporting import Beside, Exported, export_jsonl, write_edits, write_export
from storage.export.selection import ExportSelection

__all__ = ["Beside", "ExportSelection", "Exported", "export_jsonl", "write_edits", "write_export"]
