"""Extract articles from stored pages. Pure functions: no network, database or clock is used."""

from crawler.extract.body.plain_text import extract_text
from crawler.extract.extractor import EXTRACTOR, extract
from crawler.parts.part_texts import join_parts

__all__ = ["EXTRACTOR", "extract", "extract_text", "join_parts"]
