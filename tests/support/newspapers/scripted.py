"""A newspaper that needs a browser: every page is the same empty shell, and scripts load lists and articles."""

import json
from typing import Any

from tests.support.hostile import Answer, page, robots

SHELL = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>صحيفة المرسى</title>
<link rel="stylesheet" href="/app.css"><script src="https://ads.test/track.js"></script><script src="/app.js" defer></script></head>
<body><div id="app">يُرجى تفعيل جافاسكربت</div><img src="/pixel.gif"></body></html>"""

SCRIPT = """
const app = document.getElementById('app');
const menu = '<nav><ul class="menu"><li><a href="/section/local">محليات</a></li><li><a href="/section/sport">رياضة</a></li></ul></nav>';
const cards = items => '<main><div class="list">' + items.map(i =>
  `<div class="card"><h3><a href="/story/${i.id}">${i.title}</a></h3></div>`).join('') + '</div></main>';
async function show() {
  const parts = location.pathname.split('/').filter(Boolean);
  if (parts[0] === 'story') {
    const a = await (await fetch('/api/story/' + parts[1])).json();
    document.title = a.title;
    const meta = document.createElement('meta');
    meta.setAttribute('property', 'article:published_time');
    meta.content = a.published;
    document.head.append(meta);
    app.innerHTML = `<article><h1>${a.title}</h1>` + a.text.map(p => `<p>${p}</p>`).join('') + '</article>';
  } else {
    const list = await (await fetch('/api/list/' + (parts[1] || 'home'))).json();
    app.innerHTML = menu + cards(list);
  }
  document.body.dataset.agent = navigator.userAgent;
}
show();
"""


def title(number: int) -> str:
    return f"افتتاح المحطة رقم {number} في مدينة المرسى بعد انتظار"


def paragraphs(number: int) -> list[str]:
    return [
        f"افتتحت البلدية صباح اليوم المحطة رقم {number} بحضور عدد كبير من السكان الذين انتظروها أعواما طويلة.",
        f"وقال المهندس المشرف إن العمل فيها استمر {number + 3} أشهر، وإن الخط سيصل إلى الميناء قبل نهاية العام.",
    ]


def answers(number: int = 6) -> dict[str, Answer]:
    """The answers by path. Stories with odd numbers are local news, the others sport."""
    numbers = range(1, number + 1)
    shell = page(SHELL)
    pages = {
        "/": shell,
        "/section/local": shell,
        "/section/sport": shell,
        "/app.js": page(SCRIPT, Content_Type="text/javascript"),
    }
    pages["/robots.txt"] = robots("User-agent: *\nDisallow: /api/secret\n")
    for name, kept in (("home", numbers[:2]), ("local", numbers[::2]), ("sport", numbers[1::2])):
        pages[f"/api/list/{name}"] = _json([{"id": n, "title": title(n)} for n in kept])
    for n in numbers:
        pages[f"/story/{n}"] = shell
        pages[f"/api/story/{n}"] = _json(
            {"title": title(n), "published": f"2026-05-0{n}T09:30:00+03:00", "text": paragraphs(n)}
        )
    return pages


def _json(value: Any) -> Answer:
    return page(json.dumps(value, ensure_ascii=False), Content_Type="application/json")
