"""Invitations: recognise lines that ask readers to follow the site ("تابعوا صفحتنا على فيسبوك").

Sentences of news may begin with the same verb ("وتابع الوزير عبر حسابه على تويتر"). An invitation names a platform,
and either the site's own channel on it ("قناتنا"), or it is a short call without a sentence's end.
"""

import re

_WHERE = re.compile(
    r"google news|whatsapp|telegram|facebook|twitter|youtube|instagram|نبض"
    r"|(?:اخبار|نيوز) (?:جوجل|غوغل|قوقل)|(?:جوجل|غوغل|قوقل) نيوز"
    r"|تلغرام|تليغرام|تيليغرام|تيليجرام|تليجرام|واتساب|واتس اب|وتساب"
    r"|فيسبوك|فيس بوك|تويتر|يوتيوب|انستغرام|انستجرام|اكس\b"
)
_OURS = re.compile(
    r"(?:قنات|قنوات|صفحت|صفحات|حساب|حسابات|اخبار|مجموعت|منصات|منصت|تطبيق|جروب|نشرت|خدمت)نا\b|\bتابعو?نا\b|\bالينا\b"
)
_CHANNEL = (
    r"(?:ال)?(?:قنا[ةه]|قنوات|قنات|صفح[ةهت]|صفحات|حساب|مجموع[ةهت]|جروب|نشر[ةهت]|تطبيق|منص[ةهت]|اخر|اهم|احدث|اخبار|كل"
    r"|جميع)"
)
_OF_OTHERS = r"(?!\w*(?:حساب|ت)(?:ه|ها|هم)\b)"  # "حسابه", "صفحتها": somebody else's
_CALL = re.compile(
    r"(?:تابعو?نا\b|متابع[ةه] (?:ال)?اخبار|لل(?:اشتراك|انضمام|متابع[ةه])|لمتابع(?:[ةه]|تنا)"
    r"|(?:و?يمكنكم?|بامكانكم?) (?:ايضا )?متابع"
    rf"|(?:انضم|انضموا|اشترك|اشتركوا|تابع|تابعوا) (?:معنا )?(?:الي |في |علي |عبر )?{_OF_OTHERS}{_CHANNEL})"
)
_LONGEST_BARE = 90  # letters of a call that does not name the owner of the channel


def is_invitation(folded: str) -> bool:
    """Whether a line is an invitation. folded: in `plain_letters`, without bullets before its first word."""
    if not _CALL.match(folded) or not _WHERE.search(folded):
        return False
    return _OURS.search(folded) is not None or (len(folded) <= _LONGEST_BARE and not folded.endswith((".", "،")))
