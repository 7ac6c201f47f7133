"""Decide whether changed words are a proper name: of a person, a place, an organisation or a work. Pure.

Arabic has no capital letters, so the words before a change are the main evidence: a first name, a rank or trade
("الوزير"), or a common noun for the thing named ("مدينة", "رواية"). A verb before or in the change is evidence against
a name.
"""

from storage import arabic
from storage.diff.edit_words import is_any, is_of_a_place, is_of_kind
from storage.diff.text_units import Unit
from storage.diff.word_changes import Change, is_word
from storage.lexicon import is_known, is_listed, unknown

# Most words on each side of a change of a name: "عبد الرحمن بن علي".
_MOST = 4
# The words before a name in which a rank is looked for: "وزير الخارجية الأسبق سمير".
_RANK_BEFORE = 3
_MOST_UNLISTED = 3  # most words on each side, at least one of them absent from the dictionary
_LEAST_UNLISTED = 4  # fewest letters; shorter ones are mostly particles with a pronoun
_ON = "على"  # folds like the name علي
_LONGEST_IN_HEH = 4  # most letters of a name that ends in heh: وجيه
_FUNCTION = frozenset(
    arabic.tokens(
        "في من على إلى عن مع أن إن أنه إنه أنها إنها التي الذي الذين ما لا لم لن قد هو هي هذا هذه ذلك تلك بعد قبل "
        "خلال عند عبر كما حيث بين حتى منذ ثم أو أم لكن كل غير نحو حول ضد دون أي إذا أمام"
    )
)


def is_name(change: Change) -> bool:
    """Whether the change replaces, adds or removes a name or a part of one."""
    old, new = change.words
    if max(len(old), len(new)) > _MOST or not any((old, new)):
        return False
    return bool(change.in_title) or _are_latin_names(change) or _is_bare_name(change, old, new)


def _is_bare_name(change: Change, old: list[str], new: list[str]) -> bool:
    """As `is_name`, for Arabic letters outside quotation marks."""
    before = _words_before(change.before)
    named = bool(before) and is_of_kind(before[-1], "places")
    if _are_somebodys(change):
        return False
    if any(_is_no_name(word) or (not named and _is_imperfect(word)) for word in (*old, *new)):
        return False
    if _is_of_a_person(before, old, new):
        return True
    if not (old and new) or _is_common(old) or _is_common(new):
        return False
    return _is_place(before, old, new) or _is_announced(before, old, new) or _bears_a_surname(before, change)


def are_unlisted(change: Change, *, both: bool = False) -> bool:
    """Whether a word absent from the dictionary replaced another or was replaced: a name that no rank or noun precedes.

    both: all words must be absent. The dictionary has the right spelling of a common word that was mistyped.
    """
    old, new = change.words
    if not (old and new) or max(len(old), len(new)) > _MOST_UNLISTED or _are_somebodys(change):
        return False
    if _is_common(old) or _is_common(new) or any(_is_no_name(word) for word in (*old, *new)):
        return False
    lacking = unknown([word for word in (*old, *new) if _may_be_unlisted(word)])
    unlisted = {word: word in lacking for word in (*old, *new)}
    first = [] if change.before else [word.lstrip("وف") or word for word in (old[0], new[0])]
    if any(not is_one and _is_imperfect(word) for word, is_one in unlisted.items()) or any(map(_is_imperfect, first)):
        return False  # a sentence begins with its verb
    if both or all(unlisted.values()):
        return all(unlisted.values())
    # A single noun with the article may be a loanword: "السيناريو".
    return any(is_one and (word.endswith("ي") or not _is_definite(word)) for word, is_one in unlisted.items())


def _is_unlisted(word: str) -> bool:
    return _may_be_unlisted(word) and not is_known(word)


def _may_be_unlisted(word: str) -> bool:
    return len(word) >= _LEAST_UNLISTED and word.isalpha()


def are_names(old: list[str], new: list[str]) -> bool:
    """Whether each side has a first name or a place in the gazetteer."""
    return all(any(is_any(word, "first_names", "gazetteer") for word in side) for side in (old, new))


def _is_of_a_person(before: list[str], old: list[str], new: list[str]) -> bool:
    """Whether the change is of first names, or follows a first name or "بن", or is of names with ranks before them."""
    if all(len(side) > 1 and is_of_kind(side[0], "roles") for side in (old, new)):
        return True  # "القاضي نواف سلام", "القاضية جوليا سيبوتيندي"
    if all(any(is_any(word, "first_names") for word in side) for side in (old, new) if side):
        return True
    return any(is_any(word, "first_names", "kin") for word in before[-1:]) or any(
        is_any(word, "kin") for word in before[-2:-1]
    )


def _is_place(before: list[str], old: list[str], new: list[str]) -> bool:
    """Whether both sides are places: by the gazetteer, or by a noun such as "جمعية" before the name.

    After "في", "إلى" or "من" one side in the gazetteer suffices.
    """
    if all(any(is_any(word, "gazetteer") or is_of_a_place(word) for word in side) for side in (old, new)):
        return True
    if all(len(side) > 1 and is_of_kind(side[0], "places") for side in (old, new)):
        return True  # "جمعية حماية المستهلك", "نقابة الصيادلة"
    leads_there = bool(before) and before[-1] in ("في", "الي", "من")
    return leads_there and any(is_any(word, "gazetteer") for word in (*old, *new))


def _is_announced(before: list[str], old: list[str], new: list[str]) -> bool:
    """Whether a rank, or a common noun for the thing named, precedes the change."""
    if not before:
        return False
    if _is_first_of_two(before):
        return True
    if _is_definite(before[-1]) and any(map(_is_plural, (old[0], new[0]))):
        return False
    if is_of_kind(before[-1], "places"):
        bare = not _is_definite(before[-1])
        return all((bare or _is_apposed(word)) and not _is_adjective(word) for word in (old[0], new[0]))
    return _is_ranked(before) or (_is_countryman(before) and not any(map(_is_definite, (old[0], new[0]))))


def _is_countryman(before: list[str]) -> bool:
    """Whether the last word is a person's nationality ("أمام اليابانية"), and no adjective of the noun before it."""
    if not (_is_definite(before[-1]) and is_of_a_place(before[-1])):
        return False
    return not any(_is_definite(word) and not is_of_kind(word, "roles") for word in before[-2:-1])


def _is_ranked(before: list[str]) -> bool:
    """Whether one of the preceding words is a rank or trade: "وزير الخارجية الأسبق"."""
    for distance, word in enumerate(reversed(before[-_RANK_BEFORE:])):
        if word in _FUNCTION or word == _ON or (is_any(word, "verbs") and (distance or word[0] in "وف")):
            return False
        if is_of_kind(word, "roles"):
            return True
    return False


def _is_definite(word: str) -> bool:
    return arabic.behind_article(word) is not None


def _is_apposed(word: str) -> bool:
    """Whether a word after a definite noun may be its name ("العاصمة بغداد"), and no adjective or verb."""
    return word.startswith("ال") or is_any(word, "first_names", "gazetteer") or _is_unlisted(word)


def is_named_by_date(change: Change) -> bool:
    """Whether a changed date is a name: a place's ("ملعب 5 جويلية"), or a person's ("ممدوح شعبان")."""
    before = _words_before(change.before)
    if not before or not all(change.words):
        return False
    months = all(not is_any(word, "days", "moments", "spans") for side in change.words for word in side)
    ranked = any(is_of_kind(word, "roles") for word in before[-2:-1]) and not _is_no_name(before[-1])
    dating = is_any(before[-1], "moments", "dating", "months")
    return is_any(before[-1], "places") or (months and not dating and (ranked or is_any(before[-1], "first_names")))


def _is_first_of_two(before: list[str]) -> bool:
    """Whether a place name of two words began before the change: "بلدة كفر …", "في تل …"."""
    if len(before) < 2 or not is_any(before[-1], "place_heads"):
        return False
    leads_there = before[-2] in ("في", "الي", "من") and is_any(before[-1], "sure_place_heads")
    return leads_there or is_any(before[-2], "places")


def _bears_a_surname(before: list[str], change: Change) -> bool:
    """Whether, after a verb, a surname follows the change or replaces another surname: "وسجل باسل العمري"."""
    behind = [unit.key for unit in change.after[:1] if is_word(unit)]
    surname = bool(behind) and _is_surname(behind[0])
    if not before or not is_any(before[-1], "verbs", "speech"):
        return False
    return surname or all(len(side) == 1 and _is_surname(side[0]) for side in change.words)


def _is_surname(word: str) -> bool:
    return word.startswith("ال") and word.endswith("ي") and word not in _FUNCTION


def _are_somebodys(change: Change) -> bool:
    """Whether a changed word ends in a possessive pronoun, as no name does: "براءته".

    The printed forms are examined, because ة folds to the ه of the pronoun.
    """
    printed = [unit.raw.strip() for side in change.sides for unit in side if is_word(unit)]
    return any(
        len(word) > _LONGEST_IN_HEH
        and word.endswith(("ه", "ها", "هم"))
        and not is_any(arabic.fold(word), "first_names")
        and is_known(arabic.fold(word))
        for word in printed
    )


def _is_no_name(word: str) -> bool:
    """Whether a word is a verb of news, a figure, a time or a function word: "قال", "في"."""
    other = word in _FUNCTION or word[0].isdigit() or is_any(word, "verbs", "speech", "spans", "relative")
    return other and not is_any(word, "first_names")


def _is_common(words: list[str]) -> bool:
    """Whether the words are a single one whose form rules out a name: "غاضبا", "بحبس"."""
    if len(words) != 1 or is_any(words[0], "first_names", "gazetteer"):
        return False
    word = words[0]
    if word.endswith("ا") and len(word) > _LEAST_UNLISTED:
        return is_listed(word[:-1])
    if not word.startswith("ب") or len(word) < _LEAST_UNLISTED:
        return False
    return is_listed(word[1:]) and not is_listed(word)


def _is_plural(word: str) -> bool:
    """Whether a word is a definite sound plural, which after a definite noun is no name: "طمأن المدير الموظفين"."""
    rest = arabic.behind_article(word) or ""
    bare = rest[:-2]
    if not rest.endswith(("ون", "ين", "ات")) or len(bare) < _LEAST_UNLISTED:
        return False
    return is_listed(bare) or is_listed(f"{bare}ه")


def _is_imperfect(word: str) -> bool:
    """Whether a word may be a verb in the imperfect: "يؤكد", "تنفي"."""
    conjugated = word[0] in "يت" and len(word) >= 4 and not word.endswith(("ي", "ه"))
    return conjugated and not is_any(word, "first_names", "gazetteer")


def _is_adjective(word: str) -> bool:
    """Whether a word is a feminine adjective without the article: "محليه", "جديده"."""
    return not word.startswith("ال") and word.endswith(("يه", "يده", "يره", "يمه")) and not is_any(word, "gazetteer")


def _are_latin_names(change: Change) -> bool:
    printed = [[unit.raw.strip() for unit in side if is_word(unit)] for side in change.sides]
    return all(side and all(word[0].isascii() and word[0].isupper() for word in side) for side in printed)


def _words_before(units: list[Unit]) -> list[str]:
    """The words directly before a change, back to the last punctuation mark."""
    words: list[str] = []
    for unit in reversed(units[-_RANK_BEFORE:]):
        if not is_word(unit):
            break
        words.append(_ON if unit.raw.strip() == _ON else unit.key)
    return words[::-1]
