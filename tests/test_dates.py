"""Dates as they are printed: tables of forms with what they mean, and laws that hold for all of them."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hijridate import Hijri
from hypothesis import assume, example, given
from hypothesis import strategies as st

from crawler.extract.dates import ParsedDate, parse_date

RIYADH = ZoneInfo("Asia/Riyadh")
NOW = datetime(2025, 10, 28, 12, 0, tzinfo=RIYADH)  # a Tuesday

# input => expected: a day, a month ("2025-10"), a minute, a minute with its offset, or nothing.
FORMS = """
# Egyptian and Gulf names in their spellings
1 يناير 2025 => 2025-01-01
31 ينــاير 2025 => 2025-01-31
5 فبراير 2024 => 2024-02-05
29 فبراير 2024 => 2024-02-29
9 ابريل 2025 => 2025-04-09
10 مَايُو 2025 => 2025-05-10
11 يونيه 2025 => 2025-06-11
11 يونية 2025 => 2025-06-11
12 يوليه 2025 => 2025-07-12
12 يولية 2025 => 2025-07-12
14 سِبتمبر 2025 => 2025-09-14
28 اكتوبر 2025 => 2025-10-28
28 أوكتوبر 2025 => 2025-10-28
28أكتوبر2025 => 2025-10-28
28/أكتوبر/2025 => 2025-10-28
28.أكتوبر.2025 => 2025-10-28
28 - أكتوبر - 2025 => 2025-10-28
28 أكتوبر، 2025 => 2025-10-28
28 من أكتوبر 2025 => 2025-10-28
28 من شهر أكتوبر من عام 2025 => 2025-10-28
28 أكتوبر من العام 2025 => 2025-10-28
28 أكتوبر لسنة 2025 => 2025-10-28
28 أكتوبر سنة 2025 م => 2025-10-28
28 أكتوبر 2025م => 2025-10-28
28 أكتوبر 2025 ميلادي => 2025-10-28
الثامن والعشرون من أكتوبر 2025 => 2025-10-28
الأول من نوفمبر عام 2024 => 2024-11-01
أكتوبر 28, 2025 => 2025-10-28
أكتوبر 28، 2025 => 2025-10-28
2025 أكتوبر 28 => 2025-10-28
2025-أكتوبر-28 => 2025-10-28
# Levantine and Iraqi
1 كانون ثاني 2025 => 2025-01-01
1 كانون ثان 2025 => 2025-01-01
1 كانون 2 2025 => 2025-01-01
14 شباط 2025 => 2025-02-14
1 تشرين اول 2025 => 2025-10-01
28 تشرين1 2025 => 2025-10-28
16 ت2 2025 => 2025-11-16
5 ك1 2025 => 2025-12-05
7 أيلول 2025 => 2025-09-07
7 ايلول 2025 => 2025-09-07
15 تموز 2025 => 2025-07-15
20 آب 2025 => 2025-08-20
20 اب 2025 => 2025-08-20
# Maghrebi
18 اغشت 2025 => 2025-08-18
2 شتنبر 2025 => 2025-09-02
3 دجنبر 2025 => 2025-12-03
11 يونيوز 2025 => 2025-06-11
9 افريل 2025 => 2025-04-09
12 جويليه 2025 => 2025-07-12
31 ماي 2025 => 2025-05-31
# both names: they agree, or there is no date
28 أكتوبر - تشرين الأول 2025 => 2025-10-28
28 أكتوبر تشرين الأول 2025 => 2025-10-28
28 (أكتوبر) تشرين الأول 2025 => 2025-10-28
20 آب/أغسطس 2025 => 2025-08-20
الأربعاء، 28 آب/اغسطس 2013، آخر تحديث 14:00 (GMT+0400) => 2013-08-28
الثلاثاء، 28 أكتوبر/ تشرين الأول، 2025، 14:30 غرينتش => 2025-10-28T14:30+00:00
28 أكتوبر/تشرين الثاني 2025 =>
28 آذار (أبريل) 2025 =>
# English and French, as content systems print them
October 28, 2025 => 2025-10-28
Oct. 28, 2025 10:15 p.m. => 2025-10-28T22:15
28th October 2025 => 2025-10-28
Tuesday, October 28, 2025 - 14:30 => 2025-10-28T14:30
Tue Oct 28 14:30:00 2025 => 2025-10-28T14:30
Tue Oct 28 2025 14:30:00 GMT+0300 (Arabian Standard Time) => 2025-10-28T14:30+03:00
Le mardi 28 octobre 2025 à 14h30 => 2025-10-28T14:30
2 août 2025 => 2025-08-02
1er févr. 2025 => 2025-02-01
Posted on May 5, 2025 by admin => 2025-05-05
# numbers
1/6/2025 => 2025-06-01
28 / 10 / 2025 => 2025-10-28
28\\10\\2025 => 2025-10-28
28 - 10 - 2025 => 2025-10-28
٢٨/١٠/٢٠٢٥م => 2025-10-28
٠٢:٠٠ الثلاثاء ١ / ١٢ / ٢٠٢٠ => 2020-12-01T02:00
2025.10.28 => 2025-10-28
10/28/2025 => 2025-10-28
Tue, 06/10/2025 - 14:30 => 2025-06-10T14:30
28/10/25 => 2025-10-28
25/10/28 => 2025-10-28
5/6/25 => 2025-06-05
28-10-98 => 1998-10-28
10/10/10 => 2010-10-10
05/06/07 =>
12/10/25 =>
1.2.3 =>
الإصدار 1.2.3 | 28 أكتوبر 2025 => 2025-10-28
6/5/47 هـ =>
13/13/2025 =>
31/02/2025 =>
28/10/2025/7 =>
192.168.10.2025 =>
0000-00-00 =>
# machines
2025-10-28 => 2025-10-28
20251028 => 2025-10-28
2025-10 => 2025-10
2025/10 => 2025-10
2025-W44-2 => 2025-10-28
2025-301 => 2025-10-28
20251028T071500Z => 2025-10-28T07:15+00:00
20251028071500 => 2025-10-28T07:15
2025-10-28T07:15 => 2025-10-28T07:15
2025-10-28T07Z => 2025-10-28T07:00+00:00
2025-10-28t07:15:00.123456789z => 2025-10-28T07:15+00:00
2025-10-28T07:15:00,5-05:00 => 2025-10-28T07:15-05:00
2025-10-28T07:15:00+03 => 2025-10-28T07:15+03:00
2025-10-28 07:15:00 +0300 => 2025-10-28T07:15+03:00
2025-10-28 07:15:00 UTC => 2025-10-28T07:15+00:00
2025-10-28T07:15:00+03:00[Asia/Riyadh] => 2025-10-28T07:15+03:00
2025-10-28T24:00:00Z => 2025-10-29T00:00+00:00
2025-06-30T23:59:60Z => 2025-06-30T23:59+00:00
نشر: 2025-10-28T07:15:00Z عدل: 2025-10-29T07:15:00Z => 2025-10-28T07:15+00:00
2025-10-28T07:15:00Z 28 أكتوبر 2025 => 2025-10-28T07:15+00:00
2025-10-28T07:15:00Z 20 أكتوبر 2025 =>
1761636900 => 2025-10-28T10:35+03:00
1761636900000 => 2025-10-28T10:35+03:00
/Date(1761636900000)/ => 2025-10-28T10:35+03:00
Tue, 28 Oct 2025 07:15:00 GMT => 2025-10-28T07:15+00:00
Tue, 28 Oct 2025 07:15 -0500 => 2025-10-28T07:15-05:00
Sun, 06 Nov 94 08:49:37 GMT => 1994-11-06T08:49+00:00
Sunday, 06-Nov-94 08:49:37 GMT => 1994-11-06T08:49+00:00
28/Oct/2025:14:30:00 +0300 => 2025-10-28T14:30+03:00
2025-13-45T00:00:00Z =>
2025-02-30 =>
2025-W60-1 =>
2025-366 =>
0000-00-00 00:00:00 =>
0551234567 =>
9661234567 =>
# clock times
28 أكتوبر 2025 12:00 ص => 2025-10-28T00:00
28 أكتوبر 2025 12:00 م => 2025-10-28T12:00
28 أكتوبر 2025 12:30 ظهراً => 2025-10-28T12:30
28 أكتوبر 2025 11:30 ظهرا => 2025-10-28T11:30
28 أكتوبر 2025 1:30 بعد الظهر => 2025-10-28T13:30
28 أكتوبر 2025 4:30 عصراً => 2025-10-28T16:30
28 أكتوبر 2025 5:10 فجرا => 2025-10-28T05:10
28 أكتوبر 2025 10:00 ليلاً => 2025-10-28T22:00
28 أكتوبر 2025 1:00 ليلاً => 2025-10-28T01:00
28 أكتوبر 2025 12:30 بعد منتصف الليل => 2025-10-28T00:30
28 أكتوبر 2025 14:30 م => 2025-10-28T14:30
28 أكتوبر 2025 14:30 ص => 2025-10-28
28 أكتوبر 2025م - 10:15 م => 2025-10-28T22:15
28 أكتوبر 2025 م 10:15 => 2025-10-28
28/10/2025 ص 10:15 => 2025-10-28T10:15
28 أكتوبر 2025 الساعة 10 صباحا => 2025-10-28T10:00
28 أكتوبر 2025 الساعة 15 => 2025-10-28T15:00
28 أكتوبر 2025 الساعة 3 => 2025-10-28
الساعة الثالثة والنصف مساء الثلاثاء 28 أكتوبر 2025 => 2025-10-28T15:30
28 أكتوبر 2025، الساعة العاشرة إلا ربعا صباحا => 2025-10-28T09:45
28 أكتوبر 2025 الساعة 10 و15 دقيقة مساء => 2025-10-28T22:15
28 أكتوبر 2025 02:30:15 م => 2025-10-28T14:30
28 أكتوبر 2025 10:15AM => 2025-10-28T10:15
28 أكتوبر 2025 في تمام الساعة 10:15 => 2025-10-28T10:15
28 أكتوبر 2025 على الساعة 14:30 => 2025-10-28T14:30
28 أكتوبر 2025 | 10:15 | 5 دقائق قراءة => 2025-10-28T10:15
28 أكتوبر 2025 10:15 - 12:30 => 2025-10-28
28 أكتوبر 2025 مباراة الأهلي 10:15 => 2025-10-28
مساء الثلاثاء 28 أكتوبر 2025، 03:45 => 2025-10-28
28 أكتوبر 2025 25:61 => 2025-10-28
2026-01-08 | 12:42 => 2026-01-08T12:42
# zones
28 يوليو 2025 14:30 بتوقيت القاهرة => 2025-07-28T14:30+03:00
28 يناير 2025 14:30 بتوقيت القاهرة => 2025-01-28T14:30+02:00
28 أكتوبر 2025 14:30 بتوقيت بيروت => 2025-10-28T14:30+02:00
28 أكتوبر 2025 14:30 بتوقيت دمشق => 2025-10-28T14:30+03:00
28 أكتوبر 2025 02:30 م بتوقيت مكة المكرمة => 2025-10-28T14:30+03:00
28 أكتوبر 2025 14:30 بتوقيت السعودية => 2025-10-28T14:30+03:00
28 أكتوبر 2025 14:30 بتوقيت الإمارات => 2025-10-28T14:30+04:00
28 أكتوبر 2025 14:30 بتوقيت تونس => 2025-10-28T14:30+01:00
28 أكتوبر 2025 14:30 (ت.غ) => 2025-10-28T14:30+00:00
28 أكتوبر 2025 14:30 بتوقيت غرينيتش => 2025-10-28T14:30+00:00
28 أكتوبر 2025 14:30 بتوقيت غرينتش+3 => 2025-10-28T14:30+03:00
28 أكتوبر 2025 14:30 (GMT +0400) => 2025-10-28T14:30+04:00
28 أكتوبر 2025 14:30 UTC+3 => 2025-10-28T14:30+03:00
28 أكتوبر 2025 14:30 GMT 3+ => 2025-10-28T14:30+03:00
28 أكتوبر 2025 GMT 14:30 => 2025-10-28T14:30+00:00
28 أكتوبر 2025 14:30 +05:30 => 2025-10-28T14:30+05:30
28 أكتوبر 2025 14:30 بالتوقيت المحلي => 2025-10-28T14:30+03:00
28/10/2025 الساعة 13:30 (مكة المكرمة)، 10:30 (غرينتش) => 2025-10-28T13:30+03:00
28 أكتوبر 2025 14:30 بتوقيت تمبكتو => 2025-10-28
28 أكتوبر 2025 14:30 بتوقيت عمان => 2025-10-28
القاهرة - 28 أكتوبر 2025 14:30 => 2025-10-28T14:30+03:00
# labels and what stands around
آخر تحديث: 29 أكتوبر 2025 | نشر: 28 أكتوبر 2025 10:15 => 2025-10-28T10:15
نُشر في 28 أكتوبر 2025 - آخر تحديث في 29 أكتوبر 2025 الساعة 10:00 => 2025-10-28
28 أكتوبر 2025 14:30 - آخر تحديث 16:20 => 2025-10-28T14:30
آخر تحديث: 29 أكتوبر 2025 10:15 => 2025-10-29T10:15
الخميس 30 أكتوبر 2025 نشر: 28 أكتوبر 2025 => 2025-10-28
تم النشر بواسطة محمد أحمد في 28 أكتوبر 2025 => 2025-10-28
كتبت سارة علي: الثلاثاء 28 أكتوبر 2025 => 2025-10-28
28 أكتوبر 2025 120 مشاهدة 5 تعليقات => 2025-10-28
Published: 28 Oct 2025 Updated: 29 Oct 2025 => 2025-10-28
28&nbsp;أكتوبر&nbsp;2025 => 2025-10-28
\u202b28\u200f أكتوبر\u00a02025\u202c => 2025-10-28
ﺃﻛﺘﻮﺑﺮ 28, 2025 => 2025-10-28
الاثنين 28 أكتوبر 2025 => 2025-10-28
28 أكتوبر 2025 (28/10/2025) => 2025-10-28
# two days: neither
28 أكتوبر 2025 - 30 أكتوبر 2025 =>
28-30 أكتوبر 2025 =>
28 - 30 أكتوبر 2025 =>
28 و29 أكتوبر 2025 =>
28-30/10/2025 =>
28 أكتوبر - 2 نوفمبر 2025 =>
من 14 يونيو إلى 15 يوليو 2018 =>
منذ 28 أكتوبر 2025 =>
# relative
منذ ثانيتين => 2025-10-28T11:59
منذ 30 ثانية => 2025-10-28T11:59
منذ دقيقتين => 2025-10-28T11:58
منذ ساعتين => 2025-10-28T10:00
منذ ساعة واحدة => 2025-10-28T11:00
منذ نصف ساعة => 2025-10-28T11:30
منذ ساعة ونصف => 2025-10-28T10:30
منذ ساعة و20 دقيقة => 2025-10-28T10:40
منذ ساعتين و 20 دقيقة => 2025-10-28T09:40
منذ 2 ساعة 30 دقيقة => 2025-10-28T09:30
منذ يوم و3 ساعات => 2025-10-27T09:00
منذ ثلاث ساعات => 2025-10-28T09:00
منذ 120 دقيقة => 2025-10-28T10:00
منذ حوالي ساعة => 2025-10-28T11:00
3 ساعات مضت => 2025-10-28T09:00
من 5 دقائق => 2025-10-28T11:55
3 hours ago => 2025-10-28T09:00
a day ago => 2025-10-27
yesterday => 2025-10-27
منذ يوم واحد => 2025-10-27
منذ أسبوعين => 2025-10-14
منذ 3 أسابيع => 2025-10-07
منذ أسبوع ويومين => 2025-10-19
منذ شهرين => 2025-08-28
منذ سنة => 2024-10-28
قبل عامين => 2023-10-28
منذ 10 سنوات => 2015-10-28
أول أمس => 2025-10-26
أمس الأول => 2025-10-26
الأول من أمس => 2025-10-26
أمس 14:30 => 2025-10-27T14:30
أمس، الساعة 10:15 م => 2025-10-27T22:15
يوم أمس الاثنين 10:15 => 2025-10-27T10:15
اليوم، 14:30 => 2025-10-28T14:30
الآن => 2025-10-28T12:00
قبل قليل => 2025-10-28T12:00
منذ لحظات => 2025-10-28T12:00
منذ دقائق => 2025-10-28T12:00
نُشر منذ 3 ساعات، آخر تحديث منذ ساعة => 2025-10-28T09:00
محمد أحمد - منذ 3 ساعات => 2025-10-28T09:00
منذ 3 ساعات 5 تعليقات => 2025-10-28T09:00
منذ 3 ساعات | 28 أكتوبر 2025 => 2025-10-28
منذ ساعات =>
منذ أيام =>
قبل 18 دقيقة من النهاية =>
قبل دقيقتين من نهاية المباراة =>
قتل ثلاثة منذ 3 سنوات =>
3 دقائق قراءة =>
منذ 3000 سنة =>
منذ 999999 سنة =>
منذ 99999999999999999999 يوم =>
صحيفة اليوم السابع =>
المغرب اليوم =>
غدا =>
# Hijri
5 محرم الحرام 1447 => 2025-06-30
1 صفر الخير 1447 هـ => 2025-07-26
10 ربيع ثاني 1447 => 2025-10-02
6 جمادي الاول 1447 => 2025-10-28
7 جمادى الآخرة 1446 => 2024-12-08
7 جمادى الثانية 1446 => 2024-12-08
27 رجب 1446 للهجرة => 2025-01-27
9 من ذي القعدة 1446 هـ => 2025-05-07
9 ذوالقعدة 1446 => 2025-05-07
16 ذي الحجة 1446هـ => 2025-06-12
5-5-1447 => 2025-10-27
1447-05-06 10:15 => 2025-10-28T10:15
رمضان 1446 => 2025-03
30 رمضان 1446 =>
31 محرم 1446 =>
1 رمضان 2025 =>
5 رجب 1600 =>
# both calendars: the Gregorian half
1447/5/6هـ - 2025/10/28م => 2025-10-28
الأحد 1430/1/22 هـ - الموافق 18/1/2009 م (آخر تحديث) الساعة 13:30 (مكة المكرمة) => 2009-01-18
28 أكتوبر 2025م الموافق 7 جمادى الأولى 1447هـ - 14:30 => 2025-10-28T14:30
# months, and what is no date
أيار 2015 => 2015-05
أكتوبر/تشرين الأول 2025 => 2025-10
آب 2025 => 2025-08
شهر أكتوبر من عام 2025 => 2025-10
76 في المائة خلال أيار 2015 =>
تقرير أكتوبر 2025 =>
28 أكتوبر =>
الثلاثاء 28 أكتوبر 14:30 =>
الثلاثاء =>
14:30 =>
2025 =>
عام 2025 =>
1447 هـ =>
31 فبراير 2025 =>
0 أكتوبر 2025 =>
28 أكتوبر 1447 =>
28 أكتوبر 1850 =>
28 أكتوبر 9999 =>
أب لثلاثة أطفال =>
"""
CASES = [
    tuple(part.strip() for part in line.split("=>")) for line in FORMS.splitlines() if line and not line.startswith("#")
]
FAMILIES = {
    "Egypt": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "Levant": [
        *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
        *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
    ],
    "Tunisia": [
        "جانفي",
        "فيفري",
        "مارس",
        "أفريل",
        "ماي",
        "جوان",
        "جويلية",
        "أوت",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "Morocco": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "ماي",
        "يونيو",
        "يوليوز",
        "غشت",
        "شتنبر",
        "أكتوبر",
        "نونبر",
        "دجنبر",
    ],
}
HIJRI = [
    *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
    *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
]
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
PIECES = [
    *[
        "28",
        "7",
        "2025",
        "1447",
        "25",
        "10:15",
        "14:30",
        "12:00",
        "م",
        "ص",
        "هـ",
        "/",
        "-",
        ".",
        ",",
        ":",
        "(",
        ")",
        "|",
        "الساعة",
        "بتوقيت",
        "القاهرة",
        "غرينتش",
        "GMT",
        "+03:00",
        "منذ",
        "قبل",
        "3",
    ],
    *[
        "ساعات",
        "ساعة",
        "يومين",
        "أمس",
        "اليوم",
        "الآن",
        "نشر",
        "تحديث",
        "أكتوبر",
        "آب",
        "رمضان",
        "تشرين",
        "الأول",
        "الثلاثاء",
        "و",
        "من",
        "عام",
        "صباحا",
        "الثالثة",
        "والنصف",
    ],
    *["2025-10-28T10:15:00Z", "05/06/2025", "05/06/07", "999999999", "Oct", "كتب"],
]

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def read(text: str, **options: str) -> ParsedDate | None:
    return parse_date(text, now=NOW, **{"timezone": "Asia/Riyadh", **options})


def shown(found: ParsedDate | None, like: str) -> str:
    """The value as the tables write it; a minute's offset only where the table states it."""
    if found is None:
        return ""
    if found.precision in ("day", "month"):
        assert (found.value.hour, found.value.minute, found.value.second) == (0, 0, 0)
        return found.value.strftime("%Y-%m-%d" if found.precision == "day" else "%Y-%m")
    return found.value.isoformat(timespec="minutes")[: 22 if len(like) > 16 else 16]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_printed_form_is_read_right_or_not_at_all(text: str, expected: str) -> None:
    assert shown(read(text), expected) == expected


@pytest.mark.shared
def test_every_form_of_the_measured_table_is_read(shared: Path) -> None:
    with (shared / "facts/arabic_dates.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = [(row["input"], shown(read(row["input"]), row["expected"]), row["expected"]) for row in rows]
    assert len(rows) > 100
    assert [row for row in wrong if row[1] != row[2]] == []


@given(days, st.sampled_from(sorted(FAMILIES)), st.sampled_from(DIGITS), st.sampled_from([" ", "-", "/", ".", " - "]))
def test_a_day_in_any_family_digits_and_separators_reads_back(day: date, family: str, digits: str, tie: str) -> None:
    text = tie.join((str(day.day), FAMILIES[family][day.month - 1], str(day.year)))
    found = read(f"{WEEKDAYS[day.weekday()]} {text}".translate(str.maketrans(DIGITS[0], digits)))
    assert found is not None
    assert (found.value.date(), found.precision, found.calendar, found.relative) == (day, "day", "gregorian", False)


@given(days, st.sampled_from(sorted(FAMILIES)), st.sampled_from(sorted(FAMILIES)), st.integers(1, 12))
def test_two_names_of_a_month_are_read_only_when_they_agree(day: date, first: str, second: str, other: int) -> None:
    for form in ("{0} {1}/{2} {3}", "{0} {1} ({2}) {3}", "{0} {1} - {2} {3}", "{0} {1} {2} {3}"):
        found = read(form.format(day.day, FAMILIES[first][day.month - 1], FAMILIES[second][other - 1], day.year))
        assert (found.value.date() if found else None) == (day if other == day.month else None)


@given(days, st.sampled_from("/-."), st.sampled_from(DIGITS), st.booleans(), st.booleans())
def test_numbers_are_day_first_or_year_first(day: date, tie: str, digits: str, padded: bool, year_first: bool) -> None:
    width = "02d" if padded else "d"
    parts = [format(day.day, width), format(day.month, width), str(day.year)]
    found = read(tie.join(parts[::-1] if year_first else parts).translate(str.maketrans(DIGITS[0], digits)))
    assert found is not None
    assert found.value.date() == day


@given(st.integers(1400, 1460), st.integers(1, 12), st.integers(1, 29), st.sampled_from(["", " هـ", "هـ"]))
def test_a_hijri_day_reads_as_the_umm_al_qura_calendar_has_it(year: int, month: int, day: int, era: str) -> None:
    expected = date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())
    for text in (f"{day} {HIJRI[month - 1]} {year}{era}", f"{year}/{month}/{day}{era}"):
        found = read(text)
        assert found is not None
        assert (found.value.date(), found.calendar) == (expected, "hijri")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)), st.sampled_from([" ", " - ", "، ", " | ", " الساعة "]))
def test_a_twelve_hour_time_means_what_it_means(moment: datetime, tie: str) -> None:
    letter = "ص" if moment.hour < 12 else "م"
    word = "صباحًا" if moment.hour < 12 else "مساءً"
    for half in (letter, word, moment.strftime("%p")):
        text = f"{moment:%d/%m/%Y}{tie}{moment:%I:%M} {half}"
        found = read(text)
        assert found is not None
        assert found.value == moment.replace(second=0, microsecond=0, tzinfo=RIYADH)
        assert found.precision == "minute"


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)), st.integers(-720, 840))
def test_iso_8601_reads_back_in_its_own_offset(moment: datetime, minutes: int) -> None:
    zone = timedelta(minutes=minutes)
    local = (moment + zone).replace(microsecond=0, tzinfo=None)
    sign = "-" if minutes < 0 else "+"
    text = f"{local.isoformat()}{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    assume(1900 <= local.year <= 2099)
    for written in (text, text.replace("T", " "), f"نشر: {text}"):
        found = read(written)
        assert found is not None
        assert (found.value.replace(tzinfo=None), found.value.utcoffset()) == (local, zone)


@given(
    st.integers(3, 999), st.sampled_from([("دقيقة", 60), ("ساعة", 3600), ("ثانية", 1)]), st.sampled_from(["منذ", "قبل"])
)
def test_an_amount_of_time_is_counted_back_from_now(count: int, unit: tuple[str, int], word: str) -> None:
    found = read(f"{word} {count} {unit[0]}")
    assert found is not None
    assert found.relative
    assert timedelta(0) <= NOW - timedelta(seconds=count * unit[1]) - found.value < timedelta(minutes=1)


def test_a_month_back_from_the_last_of_march_is_the_last_of_february() -> None:
    found = parse_date("منذ شهر", now=datetime(2025, 3, 31, 9, tzinfo=UTC))
    assert found is not None
    assert found.value.date() == date(2025, 2, 28)


def test_yesterday_is_the_day_before_in_the_zone_of_the_site() -> None:
    late = datetime(2025, 10, 28, 22, 30, tzinfo=UTC)
    found = parse_date("أمس", now=late, timezone="Asia/Riyadh")
    assert found == ParsedDate(datetime(2025, 10, 28, tzinfo=RIYADH), "day", "gregorian", relative=True)


def test_a_time_without_a_zone_is_local_with_summer_time_by_its_rules() -> None:
    for text, offset in (("28 يوليو 2025 14:30", 3), ("28 يناير 2025 14:30", 2), ("28 يوليو 2015 14:30", 2)):
        found = read(text, timezone="Africa/Cairo")
        assert found is not None
        assert found.value.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(("country", "hours"), [("JO", 3), ("OM", 4)])
def test_the_country_tells_which_amman_is_meant(country: str, hours: int) -> None:
    found = read("28 أكتوبر 2025 14:30 بتوقيت عمان", country=country)
    assert found is not None
    assert (found.value.hour, found.value.utcoffset()) == (14, timedelta(hours=hours))


def test_the_old_libyan_months_are_months_in_libya_only() -> None:
    found = read("7 الفاتح 2008", country="LY")
    assert found is not None
    assert found.value.date() == date(2008, 9, 7)
    assert read("7 الفاتح 2008", country="EG") is None


def test_precision_tells_what_the_text_tells() -> None:
    texts = {
        "second": ["28 أكتوبر 2025 14:30:15", "2025-10-28T07:15:00Z", "1761636900"],
        "minute": ["28 أكتوبر 2025 14:30", "منذ 3 ساعات", "2025-10-28T07:15Z"],
        "day": ["28 أكتوبر 2025", "منذ 3 أيام", "20251028"],
        "month": ["أكتوبر 2025", "رمضان 1446", "2025-10"],
    }
    assert {key: [getattr(read(text), "precision", None) for text in some] for key, some in texts.items()} == {
        key: [key] * len(some) for key, some in texts.items()
    }


@given(st.sampled_from([text for text, _ in CASES]), st.data())
def test_marks_that_nobody_sees_change_nothing(text: str, data: st.DataObject) -> None:
    marked = text
    for mark in data.draw(st.lists(st.sampled_from("\u064b\u0651\u200f\u200e\u2067\u200b\ufeff"), max_size=5)):
        at = data.draw(st.integers(0, len(marked)))
        assume("&" not in marked)  # inside "&nbsp;" a mark breaks the reference
        marked = marked[:at] + mark + marked[at:]
    assert read(marked) == read(text)


@given(st.text())
@example("\ud800٢٨")
@example("²⁵/¹⁰/²⁰²⁵")
def test_no_text_raises(text: str) -> None:
    found = read(text)
    assert found is None or found.value.tzinfo is not None


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from([" ", ""]))
def test_pieces_of_dates_in_any_order_never_raise_and_never_leave_the_calendar(pieces: list[str], tie: str) -> None:
    found = read(tie.join(pieces))
    if found is not None:
        assert 1900 <= found.value.year <= 2100
        assert found.value.utcoffset() is not None
        if found.precision in ("day", "month"):
            assert (found.value.hour, found.value.minute) == (0, 0)


@pytest.mark.parametrize(
    "filler", [" ", "\u0640", "\u064b", "a", "7", "(", "/", "1:", "ﷺ", "28 أكتوبر ", "&amp;", "\x00"]
)
def test_a_hundred_kilobytes_after_or_before_change_nothing_worse_than_none(filler: str) -> None:
    junk = filler * (100_000 // len(filler))
    for text in (junk, f"28 أكتوبر 2025 {junk}", f"{junk} 28 أكتوبر 2025"):
        found = read(text)
        assert found is None or found.value.date() == date(2025, 10, 28)


def test_a_text_is_never_cut_inside_a_date() -> None:
    for length in range(380, 405):
        found = read("ا" * length + " 28/10/2025")
        assert found is None or found.value.date() == date(2025, 10, 28)


def test_a_wrong_call_raises() -> None:
    with pytest.raises(ValueError, match="aware"):
        parse_date("28 أكتوبر 2025", now=datetime(2025, 10, 28))
    with pytest.raises(ZoneInfoNotFoundError):
        read("28 أكتوبر 2025", timezone="Mars/Olympus")
