"""`warraq sites`: the values that scripts read."""

from pathlib import Path

from tests.support.running import warraq


def test_the_platform_of_a_site_is_its_theme_or_the_word_for_its_spider(tmp_path: Path):
    platforms = {row["platform"] for row in warraq("sites", "--json", cwd=tmp_path).json["sites"]}
    assert {"joined", "feed", "wordpress", "sitemap", "category"} <= platforms
