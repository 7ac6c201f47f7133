"""Recognise lines that are no news: correction notices, and boilerplate left in an article's text. Pure.

A correction notice has a label before a colon ("تصحيح: …") or in brackets, or says that this text was corrected.
Boilerplate asks the reader to follow a channel ("تابعونا على …"), credits a picture or a text, or reserves rights.
"""

import re

from storage import arabic
from storage.diff.edit_words import how_many, is_any, is_of_kind

# Limits in words: of a label before a colon ("ملاحظة من هيئة التحرير: …"), and of each kind of line.
_LABEL = 6
_BRACKETED_WORDS = 3
_UPDATE_LABEL = 3  # an update line has its keyword among its first words
_LONGEST_NOTE = 60
_LONGEST_BOILERPLATE = 20
_LONGEST_CREDIT = 8
# A line that asks to follow a channel names the channel among its first words.
_NEAR = 7
_COLON = re.compile(r"(?<!\s)\s*[:：]|\s[-–—]\s")
_BRACKETED = re.compile(r"\s*[(\[]([^)\]]{3,30})[)\]]")
_THIS_TEXT = re.compile(
    "هذا (?:ال)?(?:خبر|مقال|تقرير|نص|عنوان|موضوع)|هذه (?:ال)?(?:ماده|قصه|نسخه|مقاله)|نسخه (?:سابقه|اولي|اقدم)"
    "|(?:وقت|خبر|نشر|تقرير) سابق|(?:هيءه|فريق|من) التحرير|المحرر|اقتضي التنويه"
)
_LONGEST_HEADING = 6
# Folded: terms of use, and disclaimers of opinion.
_TERMS = re.compile("(?:يمنع|يحظر|لا يجوز|لا يسمح) (?:ب?نسخ|ب?اعاده|ب?نشر|ب?اقتباس) .*(?:محتوي|مواد|الموقع|اذن|موافقه)")
_OPINIONS = re.compile("(?:جميع |كل )?(?:الاراء|التعليقات|المشاركات|الردود|المقالات|هذا المقال|المقال|هذه الماده)")
_ITS_WRITER = re.compile("(?:ت|ي)عبر(?: بالضروره)? عن|(?:ت|ي)مثل راي")


def is_correction(line: str) -> bool:
    """Whether a line is a notice of a correction in the text that contains it."""
    line = " ".join(line.split())
    words = arabic.tokens(line)
    if not words or len(words) > _LONGEST_NOTE:
        return False
    colon = _COLON.search(line)
    if colon is not None and is_boilerplate(line[colon.end() :]):
        return False  # "تنويه: التعليقات تعبر عن رأي أصحابها"
    if colon is not None and _labels_a_note(line[: colon.start()], line[colon.end() :]):
        return True
    if (bracketed := _BRACKETED.match(line)) and is_any(words[0], "correction"):
        return len(arabic.tokens(bracketed.group(1))) <= _BRACKETED_WORDS
    if how_many(words, "corrected") == 0:
        return False
    return _THIS_TEXT.search(arabic.fold(line)) is not None or _names_the_mistake(words)


def _labels_a_note(before: str, behind: str) -> bool:
    """Whether the label before a colon, or the first word after it, names a correction notice."""
    label = arabic.tokens(before)
    if not 0 < len(label) <= _LABEL:
        return False
    named = (label[0], label[-1], *arabic.tokens(behind)[:1])
    return any(is_any(word, "correction") for word in named) or (len(label) == 1 and is_of_kind(label[0], "correction"))


def _names_the_mistake(words: list[str]) -> bool:
    """Whether the words begin with the corrected detail ("جرى تصحيح عدد …"), or with a publisher's apology."""
    if is_any(words[0], "apologies"):
        return any(is_any(word, "publishers") for word in words[1:_LABEL])
    behind = words[1:] if words[0] in ("تم", "جري") else words
    return len(behind) > 1 and is_any(behind[0], "mended") and is_any(behind[1], "particulars")


def is_boilerplate(line: str) -> bool:
    """Whether a line is page furniture and no part of the article."""
    line = " ".join(line.split())
    words = arabic.tokens(line)
    if not words:
        return line.startswith("©")
    if len(words) > _LONGEST_BOILERPLATE:
        return False
    if line.lstrip(" (|").startswith("©") or how_many(words, "reserved") > 1 or _is_update_line(words):
        return True
    called = words[1:] if words[0] == "لا" and len(words) > 1 else words  # "لا تفوت …"
    if is_any(called[0], "invitations") and any(is_any(word, "channels") for word in called[1:_NEAR]):
        return True
    if all(is_any(word, "channels", "invitations", "credits") for word in words) or _is_furniture(words):
        return True
    colon = _COLON.search(line)
    return colon is not None and _credits(arabic.tokens(line[: colon.start()]), arabic.tokens(line[colon.end() :]))


def _credits(label: list[str], behind: list[str]) -> bool:
    """Whether the label before a colon makes a line a credit, or furniture follows a label such as "تنويه"."""
    if len(label) == 1 and is_of_kind(label[0], "correction"):
        return _is_furniture(behind)
    return (
        len(label) + len(behind) <= _LONGEST_CREDIT and bool(label) and all(is_any(word, "credits") for word in label)
    )


def _is_furniture(words: list[str]) -> bool:
    """Whether the words are page furniture: a heading ("أخبار مرتبطة"), or terms of use ("لا يجوز إعادة نشر …")."""
    line = " ".join(words)
    if not words:
        return False
    if _TERMS.match(line) or (_OPINIONS.match(line) and _ITS_WRITER.search(line)):
        return True
    kinds = ("furniture", "channels", "invitations", "credits")
    return (
        len(words) <= _LONGEST_HEADING
        and all(is_any(word, *kinds) for word in words)
        and any(not is_any(word, "bare_furniture") for word in words)
    )


def _is_update_line(words: list[str]) -> bool:
    """Whether the words are only a stamp of publication or update: "حدث في 11:40 بتوقيت غرينتش"."""
    return (
        any(is_any(word, "stamps") for word in words[:_UPDATE_LABEL])
        and any(word[0].isdigit() or is_any(word, "days", "months", "moments") for word in words)
        and all(
            word[0].isdigit() or is_any(word, "stamps", "stamp_words", "days", "months", "moments", "parts_of_day")
            for word in words
        )
    )
