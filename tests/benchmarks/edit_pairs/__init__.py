"""Labelled edits of invented articles: two sets, each written before the code that it measures.

developed.txt is looked at while the code is written; held_out.txt is for measuring alone.

An article is a block of lines. "#": its headline, and another one. Lines without a mark: its paragraphs, in which
{class:old=>new} is an edit. "+": a paragraph added later. "!": a note of a correction, and the class of what it corrects.
"~": boilerplate that ran into the text. "=": the paragraphs of another text, for a rewrite.
"""
