"""Recognise soft 404s: pages with status 200 whose text says that the page does not exist.

A headline that consists only of such sentences is sufficient evidence, whatever the text below. Within a longer
headline they may be news ("الصفحة غير موجودة في المخطوطة"), and count only on short pages without a date.
"""

import re

from storage import arabic

LONGEST = 200  # letters of a headline that is an error
LONGEST_LOOSE = 80
SHORT = 400  # letters of text

# All words as `storage.arabic.tokens` returns them: one alef, ه for ة, no punctuation.
_SORRY = (
    r"(?:عذرا|عفوا|ال?معذره|ناسف|نعتذر|نحن اسفون|اسف(?:ون|ين)?|للاسف|مع الاسف|تنبيه|خطاء?|oops|ooops|oups|sorry|error)"
)
_THING = r"ال(?:صفحه|خبر|مقاله?|محتوي|رابط|موضوع|ماده|منشور|تقرير|تدوينه|فيديو|عنوان|ملف)"
_SOUGHT = r"(?: المطلوبه?| (?:الذي|التي) (?:تبحث(?:ون)? عنه?ا?|(?:تحاول|تريد|تود|ترغب) \S+(?: \S+)?|طلبت\S*|اتبعت\S*))"
_IT = rf"(?:هذ[اه] )?{_THING}{_SOUGHT}?"
_ABSENT = r"(?:غير|لم (?:يعد|تعد)) (?:موجود|متوفر|متاح|متواجد)[اه]?"
_NOW = r"(?: حاليا| الان| بعد الان| في الوقت الحالي)?"
_REMOVED = r"(?:حذف|ازاله|نقل|الغاء)(?:ها?)?"
_GONE = rf"(?:ربما |قد )?(?:تمت? |يكون |تكون )?(?:قد )?(?:تمت? )?{_REMOVED}(?: ا?و {_REMOVED})?"
_STATE = rf"(?:{_ABSENT}{_NOW}|محذوفه?|منتهيه? الصلاحيه|انتهت صلاحيت(?:ه|ها)|{_GONE})"
_IN = r"(?: (?:علي|في) (?:هذا )?(?:الموقع|موقعنا|الارشيف|ارشيفنا))?"
_BY = r"(?: من (?:الموقع|موقعنا|قبل (?:الاداره|الناشر|الكاتب|المحرر|اداره الموقع)))?"
_SEARCHED = (
    r"(?:لم (?:يتم|نتمكن من|يمكن|نستطع) العثور|لم (?:يعثر|نعثر)|(?:لا|لم) يمكن(?:نا)? العثور|تعذر العثور|لم يتم ايجاد"
    r"|لم نجد|تعذر (?:فتح|عرض|تحميل))"
)
_FOUND_NOTHING = r"(?:اي )?(?:نتاءج|نتيجه|شيء|محتوي)"
_SAYINGS = (
    rf"{_IT} {_STATE}(?: ا?و {_STATE})*{_BY}{_IN}",
    rf"صفحه {_ABSENT}",
    r"(?:هذا )?(?:الرابط|العنوان)(?: الذي \S+)? غير (?:صحيح|صالح)",
    rf"{_SEARCHED}(?: علي)? (?:{_IT}|{_FOUND_NOTHING}|ما تبحث عنه)",
    rf"(?:لقد )?(?:تمت?|جري) (?:حذف|ازاله) {_IT}{_BY}",
    rf"(?:لقد )?انتهت صلاحيه {_IT}",
    r"لا [يت]وجد (?:اي )?(?:خبر|مقال|صفحه|محتوي|موضوع|ماده)(?: بهذا (?:الرقم|العنوان|الاسم|الرابط)| هنا)?",
    r"(?:لا توجد|ليس هناك) نتاءج",
    r"(?:لقد )?(?:حدث|حصل|وقع|هناك) خطاء? (?:ما|غير متوقع)",
    r"(?:خطاء? |error |erreur |صفحه )?4(?:04|10)(?: error| خطاء?)?",
    r"(?:http )?not found",
    r"(?:the )?(?:page|article|post|content|story) (?:was |is )?(?:not (?:found|available)|introuvable|non trouvée?)",
    r"(?:the|that|this) (?:requested )?(?:page|article|post|content|story)"
    r"(?: (?:that )?you (?:(?:are|re|were) looking for|requested))?"
    r" (?:(?:can t|cannot|can not|could not|couldn t) be found|was not found"
    r"|(?:does not|doesn t|no longer) exists?|is (?:not|no longer) available|has been (?:removed|deleted))",
    r"(?:it looks like )?nothing (?:was )?found(?: at this location)?",
    r"something went wrong",
    r"o+ps",
)
# Requests to readers, such as to search instead.
_INSTEAD = r"(?:(?:يرجي|الرجاء|نرجو|من فضلك|حاول|يمكنك|please)(?: \S+){1,8})"
_MORE = "|".join((*_SAYINGS, rf"ا?و {_STATE}", _GONE, _SORRY))
# Few repetitions, so that matching is fast on any headline.
_CERTAIN = re.compile(
    rf"(?:(?:{_SORRY}|لقد) ){{0,3}}(?:{'|'.join(_SAYINGS)})(?: (?:{_MORE})){{0,4}}(?: {_INSTEAD})?",
)
_APOLOGY = re.compile(rf"{_SORRY}(?: {_SORRY}){{0,3}}")
_LOOSE = re.compile(
    r"الصفحه (?:غير موجوده|المطلوبه غير|التي تبحث عنها)|هذه الصفحه غير|صفحه غير موجوده"
    r"|(?:المحتوي|الخبر|المقال) غير موجود|عذرا الصفحه|لم يتم العثور علي (?:هذه )?الصفحه|page not found|^not found"
)
_NUMBER_APART = re.compile(r"\s*(?:error |خطأ |صفحة )?(?:404|٤٠٤|۴۰۴)\s*[-–—|:!]", re.I)


def is_soft_404(title: str, text: str | None, *, declared: bool) -> bool:
    """Whether a page's headline says that the page does not exist, or apologises before a first line that says so.

    text: the text below it; None when there is none. declared: the page states when its article was published.
    """
    first = (text or "").split("\n", 1)[0]
    if says_not_found(title) or (_APOLOGY.fullmatch(_folded(title)) and says_not_found(first)):
        return True
    return len(text or "") < SHORT and not declared and _may_say_not_found(title)


def is_notice(text: str) -> bool:
    """Whether a text without a headline is short and begins by saying that there is no such page."""
    first, _, rest = text.partition("\n")
    if _APOLOGY.fullmatch(_folded(first)):
        first = rest.strip().split("\n", 1)[0]
    return len(text) < SHORT and says_not_found(first)


def says_not_found(line: str) -> bool:
    """Whether a complete line says that there is no such page."""
    return len(line) <= LONGEST and _CERTAIN.fullmatch(_folded(line)) is not None


def _may_say_not_found(title: str) -> bool:
    folded = _folded(title)
    if len(folded) >= LONGEST_LOOSE:
        return False
    match = _LOOSE.search(folded)
    # A headline with more words outside the match than in it is news.
    most = match is not None and 2 * len(match.group().split()) >= len(folded.split())
    return most or _NUMBER_APART.match(title) is not None


def _folded(line: str) -> str:
    return " ".join(arabic.tokens(line[: 2 * LONGEST]))
