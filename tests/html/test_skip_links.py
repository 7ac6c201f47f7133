"""Links to an anchor of the page: those that skip an insert, and those that open a part of the text."""

from crawler.html import prune
from crawler.html.blocks import blocks
from crawler.html.tree import parse

TEXT = "وقال المهندس إن أعمدة الجسر القديم تفحص كل سنتين، وإن الفحص الأخير لم يظهر ما يدعو إلى القلق."
MORE = "وأضاف أن الحركة على الجسر لن تتوقف خلال الأعمال التي تبدأ مطلع الشهر المقبل وتستمر أسابيع."


def shown(insert: str) -> list[str]:
    tree = parse(f"<html><body><div><p>{TEXT}</p>{insert}<p>{TEXT}</p></div></body></html>")
    assert tree is not None
    prune.cut(tree)
    return [block.text for block in blocks(tree)]


def test_the_text_that_a_heading_of_an_accordion_opens_stays() -> None:
    part = '<div class="x"><a href="#c1">تفاصيل الأعمال</a><div id="c1"><p>{}</p></div></div>'
    assert shown(part.format(MORE)) == [TEXT, "تفاصيل الأعمال", MORE, TEXT]
    nested = (
        f'<div class="x"><h4><a href="#c1">تفاصيل الأعمال</a></h4><div id="c1"><div><p>{MORE}</p></div></div></div>'
    )
    assert MORE in shown(nested)


def test_an_insert_with_a_link_to_its_short_end_goes() -> None:
    insert = f'<div class="x"><a href="#e1">تخطى هذا الجزء</a><p>{MORE}</p><p id="e1">نهاية الجزء</p></div>'
    assert shown(insert) == [TEXT, TEXT]
