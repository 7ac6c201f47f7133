"""Time zones as Arabic pages name them: by city, country, abbreviation or offset."""

from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from crawler.dates.words import Token

LOCAL = "local"  # "بالتوقيت المحلي"
UNKNOWN = "unknown"  # an abbreviation with several meanings

_ZONE_NAMES = {
    "Africa/Cairo": "القاهرة, مصر",
    "Asia/Riyadh": "مكة, مكة المكرمة, السعودية, المملكة, المملكة العربية السعودية, الرياض, جدة, المدينة المنورة",
    "Asia/Beirut": "بيروت, لبنان",
    "Asia/Damascus": "دمشق, سوريا, سورية",
    "Asia/Baghdad": "بغداد, العراق, أربيل",
    "Asia/Hebron": "القدس, القدس المحتلة, القدس الشريف, فلسطين, رام الله",
    "Asia/Gaza": "غزة",
    "Asia/Jerusalem": "إسرائيل",
    "Asia/Kuwait": "الكويت",
    "Asia/Qatar": "الدوحة, قطر",
    "Asia/Bahrain": "المنامة, البحرين",
    "Asia/Dubai": "أبوظبي, أبو ظبي, دبي, الإمارات, الشارقة, الإمارات العربية المتحدة",
    "Asia/Muscat": "مسقط, سلطنة عمان",
    "Asia/Amman": "الأردن, المملكة الأردنية",
    "Asia/Aden": "صنعاء, عدن, اليمن",
    "Africa/Khartoum": "الخرطوم, السودان",
    "Africa/Tripoli": "ليبيا, بنغازي, طرابلس الغرب",
    "Africa/Tunis": "تونس",
    "Africa/Algiers": "الجزائر",
    "Africa/Casablanca": "المغرب, الرباط, الدار البيضاء",
    "Africa/Nouakchott": "نواكشوط, نواقشوط, موريتانيا",
    "Africa/Mogadishu": "مقديشو, الصومال",
    "Africa/Djibouti": "جيبوتي",
    "Europe/London": "لندن, بريطانيا",
    "Europe/Paris": "باريس, فرنسا",
    "Europe/Berlin": "برلين, ألمانيا, وسط أوروبا",
    "Europe/Moscow": "موسكو",
    "Europe/Istanbul": "إسطنبول, اسطنبول, أنقرة, تركيا",
    "Europe/Kyiv": "كييف",
    "Asia/Tehran": "طهران, إيران",
    "America/New_York": "نيويورك, واشنطن, شرق الولايات المتحدة, شرق أمريكا",
    "Asia/Shanghai": "بكين, الصين",
    "Asia/Tokyo": "طوكيو, اليابان",
    "Asia/Kolkata": "نيودلهي, الهند",
}
# One name, two zones: the country of the site settles it, or the site's own zone; else it is unknown.
_SHARED_NAMES = {
    "عمان": {"JO": "Asia/Amman", "OM": "Asia/Muscat"},
    "طرابلس": {"LY": "Africa/Tripoli", "LB": "Asia/Beirut"},
}
# Offsets in minutes. RFC 2822 §4.3 fixes the American ones; GST and AST are the Gulf's and Arabia's on Arabic pages.
_ABBREVIATIONS = {
    0: "gmt, utc, ut, z, wet, غرينتش, جرينتش, غرينيتش, جرينيتش, غرنتش, جرنتش, غرينويتش, جرينوتش, ت غ, ت.غ, تغ, "
    "التوقيت العالمي, التوقيت العالمي الموحد",
    60: "cet, west, bst",
    120: "eet, cest",
    180: "eest, ast, ksa, msk, trt",
    240: "gst, uae",
    -300: "est, cdt",
    -240: "edt",
    -360: "cst, mdt",
    -420: "mst, pdt",
    -480: "pst",
}
_OTHERS = {LOCAL: "المحلي, التوقيت المحلي, بالتوقيت المحلي, local time", UNKNOWN: "ist"}

WORDS: list[tuple[str, Token]] = [
    *((names, Token("z", 0, zone)) for zone, names in _ZONE_NAMES.items()),
    *((name, Token("z", 0, name)) for name in _SHARED_NAMES),
    *((names, Token("Z", offset)) for offset, names in _ABBREVIATIONS.items()),
    *((names, Token("Z", 0, name)) for name, names in _OTHERS.items()),
]


def zone_of(token: Token, site_zone: ZoneInfo, country: str | None) -> tzinfo | None:
    """The zone that a token of kind Z or z names; None when it can't be told which one is meant."""
    if token.name == LOCAL:
        return site_zone
    if token.name == UNKNOWN:
        return None
    if token.name in _SHARED_NAMES:
        zones = _SHARED_NAMES[token.name]
        zone = zones.get(country or "") or (site_zone.key if site_zone.key in zones.values() else None)
        return ZoneInfo(zone) if zone else None
    if token.name:
        return ZoneInfo(token.name)
    return fixed(token.number)


def fixed(minutes: int) -> tzinfo:
    """The zone that many minutes east of UTC."""
    return timezone(timedelta(minutes=minutes)) if minutes else UTC
