"""Which fixtures there are: every look (theme or CMS) with the stories, heads, date wordings and extras it is shown with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """A theme or CMS on one invented site. template: the file in themes/; path: of an article, {id} and {slug} in it."""

    template: str
    kind: str
    site: str
    host: str
    path: str
    markup: str = "p"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. head: of heads.TELLS; date: of wordings; extras: see pages.EXTRAS; markup: where it isn't the look's."""

    template: str
    story: str
    head: str
    date: str
    extras: str = ""
    markup: str | None = None

    @property
    def name(self) -> str:
        """Unique: one story is shown once in a look."""
        return f"{self.template}-{self.story}"


WORDPRESS_PATH = "/{year}/{month:02}/{slug}/"
LOOKS = {
    look.template: look
    for look in (
        Look("jannah7", "Jannah 7", "صحيفة الضفة", "www.aldiffa.example", "/{id}/{slug}/"),
        Look("jannah2", "Jannah 2.1", "الرواق نيوز", "alriwaq.example", "/archives/{id}", "justified"),
        Look("sahifa", "Sahifa", "بوابة السهل", "www.alsahl.example", "/?p={id}", "justified"),
        Look("newspaper", "Newspaper", "جريدة المرفأ", "almarfa.example", "/{slug}/"),
        Look("newspaper_cloud", "Newspaper, cloud template", "نبض المدينة", "nabd.example", "/{slug}/", "gutenberg"),
        Look("jnews", "JNews", "المدار اليوم", "www.almadar.example", WORDPRESS_PATH, "gutenberg"),
        Look("foxiz", "Foxiz", "منصة الميناء", "almina.example", "/local/{id}/", "gutenberg"),
        Look("publisher", "Publisher", "السفينة", "alsafina.example", "/{id}/{slug}", "justified"),
        Look("twentytwentyone", "Twenty Twenty-One", "دفتر الحي", "daftar.example", WORDPRESS_PATH, "gutenberg"),
        Look("twentysixteen", "Twenty Sixteen", "صوت الجبل", "sawtaljabal.example", WORDPRESS_PATH),
        Look("blocks", "WordPress block theme", "مرايا", "maraya.example", "/{slug}/", "gutenberg"),
        Look(
            "blogger", "Blogger", "مدونة أخبار القرية", "qarya.example", "/{year}/{month:02}/post_{id}.html", "blogger"
        ),
        Look("drupal", "Drupal 7", "دار الضحى", "www.aldoha-press.example", "/article/{id}/{slug}"),
        Look("joomla", "Joomla", "شبكة الفنار", "alfanar.example", "/index.php/news/item/{id}-{slug}", "word"),
        Look(
            "webforms", "ASP.NET WebForms", "الأفق الإخبارية", "www.alufuq.example", "/NewsDetails.aspx?id={id}", "br"
        ),
        Look("tables", "Tables and <br>", "شبكة نخيل", "www.nakheel-news.example", "/news.php?id={id}", "br"),
        Look("divs", "Own CMS, bare <div>", "المنصة", "almanassa.example", "/news/{id}/{slug}", "div"),
        Look("react", "JSON-LD only", "حكاية", "hikaya.example", "/story/{slug}-{id}"),
        Look("amp", "AMP", "رقيم", "raqeem.example", "/{id}/amp/"),
        Look("endless", "Further articles below", "الشرفة", "alshurfa.example", "/ثقافة/{id}-{slug}"),
    )
}

# The first page of a look is its plainest; the others carry what editors, plugins and hosts add.
SHEETS = (
    Sheet("jannah7", "bridge", "yoast", "wordpress", "cookie"),
    Sheet("jannah7", "quake", "tie", "gulf"),
    Sheet("jannah7", "road", "title", "wordpress"),
    Sheet("jannah7", "interview", "og", "hours", "inline readalso comments"),
    Sheet("jannah7", "train", "title", "levant", "inline readalso figure follow pages"),
    Sheet("jannah7", "gold", "title", "days", "", "br"),
    Sheet("jannah2", "court", "tie", "wordpress", "comments"),
    Sheet("jannah2", "wire", "title", "dual", "readalso"),
    Sheet("jannah2", "sleep", "og", "maghreb", "follow figure"),
    Sheet("sahifa", "match", "meta", "clock", "comments"),
    Sheet("sahifa", "weather", "title", "gulf"),
    Sheet("sahifa", "market", "title", "levant", "readalso figure"),
    Sheet("sahifa", "road", "og", "hours"),
    Sheet("newspaper", "vote", "yoast", "gulf", "comments"),
    Sheet("newspaper", "gold", "title", "wordpress", "inline"),
    Sheet("newspaper", "storm", "og", "gulf", "ad readalso"),
    Sheet("newspaper", "wire", "meta", "numeric", "cookie"),
    Sheet("newspaper_cloud", "water", "yoast", "gulf", "inline readalso"),
    Sheet("newspaper_cloud", "quake", "title", "gulf"),
    Sheet("newspaper_cloud", "scope", "meta", "numeric", "ad follow"),
    Sheet("jnews", "bridge", "yoast", "gulf", "inline comments"),
    Sheet("jnews", "sleep", "title", "dual-brackets", "readalso"),
    Sheet("jnews", "column", "og", "days"),
    Sheet("foxiz", "train", "yoast", "gulf", "inline figure"),
    Sheet("foxiz", "weather", "meta", "gulf"),
    Sheet("foxiz", "poem", "og", "mixed", "readalso comments"),
    Sheet("foxiz", "wire", "og", "gulf", "sourceline"),
    Sheet("publisher", "budget", "news", "gulf", "inline"),
    Sheet("publisher", "match", "meta", "gulf", "figure comments"),
    Sheet("publisher", "vote", "title", "gulf", "readalso"),
    Sheet("twentytwentyone", "court", "title", "gulf"),
    Sheet("twentytwentyone", "interview", "og", "gulf", "readalso comments"),
    Sheet("twentytwentyone", "quake", "title", "gulf"),
    Sheet("twentysixteen", "column", "title", "gulf"),
    Sheet("twentysixteen", "budget", "title", "maghreb", "comments figure"),
    Sheet("twentysixteen", "storm", "og", "gulf", "readalso", "one"),
    Sheet("blocks", "market", "meta", "gulf", "readalso figure"),
    Sheet("blocks", "quake", "title", "gulf", "comments"),
    Sheet("blocks", "sleep", "yoast", "gulf", "cookie"),
    Sheet("blogger", "column", "og", "weekday"),
    Sheet("blogger", "bridge", "og", "clock", "comments readalso"),
    Sheet("blogger", "match", "title", "weekday", "", "br"),
    Sheet("drupal", "water", "og", "maghreb", "byline"),
    Sheet("drupal", "train", "title", "clock", "comments"),
    Sheet("drupal", "scope", "meta", "weekday", "follow"),
    Sheet("joomla", "bridge", "title", "clock", "readalso"),
    Sheet("joomla", "budget", "og", "levant-clock"),
    Sheet("joomla", "poem", "title", "dual", "follow", "justified"),
    Sheet("webforms", "court", "title", "labelled", "comments"),
    Sheet("webforms", "road", "title", "numeric"),
    Sheet("webforms", "water", "og", "clock", "readalso cp1256"),
    Sheet("webforms", "gold", "title", "iso", "cp1256-silent"),
    Sheet("tables", "match", "title", "clock", "byline cp1256"),
    Sheet("tables", "weather", "title", "numeric", "cp1256"),
    Sheet("tables", "interview", "title", "gulf", "byline readalso cp1256-silent"),
    Sheet("tables", "wire", "title", "mixed", "sourceline utf8-stale"),
    Sheet("tables", "market", "title", "hijri", "byline", "word"),
    Sheet("divs", "train", "og", "indic", "readalso comments"),
    Sheet("divs", "weather", "title", "morocco"),
    Sheet("divs", "storm", "meta", "indic", "follow", "one"),
    Sheet("divs", "gold", "title", "hours", "cookie"),
    Sheet("react", "scope", "news", "gulf", "readalso"),
    Sheet("react", "vote", "news", "gulf", "", "div"),
    Sheet("react", "road", "news", "gulf"),
    Sheet("amp", "court", "news", "gulf", "readalso"),
    Sheet("amp", "sleep", "title", "gulf", "figure"),
    Sheet("amp", "quake", "title", "levant"),
    Sheet("endless", "poem", "title", "dual-brackets", "readalso"),
    Sheet("endless", "interview", "og", "dual-brackets", "figure"),
    Sheet("endless", "budget", "meta", "latin", "comments"),
)
