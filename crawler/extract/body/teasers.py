"""Recognise teasers of other articles within a text by their form: a short label, then a link."""

import re

from crawler.html.blocks import TextBlock

_LABEL = re.compile(r"^[^:：|«»]{2,40}?\s{0,5}[:：|»›←]+\s*(?=\S)")
_LONGEST = 220  # letters of the line
_MOST_WORDS = 5  # of the label
_LONGEST_LABEL = 40  # letters
_LEAST_WORDS = 3  # of the linked headline


def is_labelled_link(line: TextBlock) -> bool:
    """Whether a line is a short label, whatever it says, followed by a link: "شوف كمان: <a>…</a>"."""
    if not 0.4 <= line.linked < 1 or len(line.text) > _LONGEST:
        return False
    match = _LABEL.match(line.text)
    if match is None or len(match.group().split()) > _MOST_WORDS:
        return False
    rest = line.text[match.end() :]
    # The link must be exactly the text after the label.
    letters = len(line.text.replace(" ", ""))
    return len(rest.split()) >= _LEAST_WORDS and abs(len(rest.replace(" ", "")) - line.linked * letters) <= 2


def is_label(line: TextBlock) -> bool:
    """Whether a line may be the label of the line after it: a few words with a colon at the end."""
    is_short = len(line.text.split()) <= _MOST_WORDS and len(line.text) <= _LONGEST_LABEL
    return is_short and line.text.endswith((":", "："))
