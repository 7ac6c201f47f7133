"""Extraction: a pure function of stored bytes, without network, database or clock."""

from crawler.extract.body.plain_text import extract_text
from crawler.extract.extractor import EXTRACTOR, extract
from crawler.parts.part_texts import join_parts

__all__ = ["EXTRACTOR", "extract", "extract_text", "join_parts"]
