"""Lines that are no news: notes of a correction, and boilerplate that ran into the text. Pure.

A note names itself before a colon ("تصحيح: …") or in brackets, or says of this text that it was corrected. Boilerplate
calls upon the reader ("تابعونا على …"), names a picture's or a text's source, or reserves rights.
"""

import re

from storage import arabic
from storage.diff.edit_words import how_many, is_any

# Words before the colon of "ملاحظة من هيئة التحرير: …", and of the longest lines.
_LABEL = 6
_BRACKETED_WORDS = 3
_LONGEST_NOTE = 60
_LONGEST_BOILERPLATE = 20
_LONGEST_CREDIT = 8
# The channel that a reader is called to stands among the first words.
_NEAR = 7
_COLON = re.compile(r"(?<!\s)\s*[:：]|\s[-–—]\s")
_BRACKETED = re.compile(r"\s*[(\[]([^)\]]{3,30})[)\]]")
_THIS_TEXT = re.compile(
    "هذا (?:ال)?(?:خبر|مقال|تقرير|نص|عنوان|موضوع)|هذه (?:ال)?(?:ماده|قصه|نسخه|مقاله)|نسخه (?:سابقه|اولي|اقدم)"
    "|(?:وقت|خبر|نشر|تقرير) سابق|(?:هيءه|فريق|من) التحرير|المحرر|اقتضي التنويه"
)


def is_correction(line: str) -> bool:
    """Whether a line notes a correction of the text that it stands in."""
    line = " ".join(line.split())
    words = arabic.tokens(line)
    if not words or len(words) > _LONGEST_NOTE:
        return False
    colon = _COLON.search(line)
    if colon is not None:
        label = arabic.tokens(line[: colon.start()])
        behind = arabic.tokens(line[colon.end() :])[:1]
        if 0 < len(label) <= _LABEL and any(is_any(word, "correction") for word in (label[0], label[-1], *behind)):
            return True
    if (bracketed := _BRACKETED.match(line)) and is_any(words[0], "correction"):
        return len(arabic.tokens(bracketed.group(1))) <= _BRACKETED_WORDS
    return how_many(words, "corrected") > 0 and _THIS_TEXT.search(arabic.fold(line)) is not None


def is_boilerplate(line: str) -> bool:
    """Whether a line belongs to the page and not to the article."""
    line = " ".join(line.split())
    words = arabic.tokens(line)
    if not words:
        return line.startswith("©")
    if len(words) > _LONGEST_BOILERPLATE:
        return False
    if line.lstrip(" (|").startswith("©") or how_many(words, "reserved") > 1:
        return True
    if is_any(words[0], "invitations") and any(is_any(word, "channels") for word in words[1:_NEAR]):
        return True
    if all(is_any(word, "channels", "invitations", "credits") for word in words):
        return True
    colon = _COLON.search(line)
    return (
        colon is not None
        and len(words) <= _LONGEST_CREDIT
        and all(is_any(word, "credits") for word in arabic.tokens(line[: colon.start()]) or ("",))
    )
