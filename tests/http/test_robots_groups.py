"""Groups of a robots.txt that name several user agents (RFC 9309 §2.2.1): their rules hold for each agent named."""

import pytest

from crawler.http.robots import parse_robots

PAGE = "https://news.example/politics/1"


def allowed(text: str) -> bool:
    return parse_robots(text.encode(), "Warraq").allows(PAGE)


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: Warraq\nUser-agent: Googlebot\nDisallow: /",
        "User-agent: Googlebot\nUser-agent: Warraq\nDisallow: /",
        "User-agent: *\nUser-agent: Googlebot\nDisallow: /",
        "User-agent: Bingbot\nUser-agent: Warraq\nUser-agent: Googlebot\nDisallow: /",
        "User-agent: Warraq\n\n# next\nUser-agent: Googlebot\nDisallow: /",
        "User-agent: Warraq\nSitemap: https://news.example/s.xml\nUser-agent: Googlebot\nDisallow: /",
    ],
)
def test_a_rule_holds_for_every_agent_that_heads_its_group(text: str) -> None:
    assert not allowed(text)


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: Warraq\nDisallow: /private\n\nUser-agent: Googlebot\nDisallow: /",
        "User-agent: Warraq\nCrawl-delay: 2\nUser-agent: Googlebot\nUser-agent: Bingbot\nDisallow: /",
        "User-agent: *\nAllow: /\n\nUser-agent: Googlebot\nDisallow: /",
    ],
)
def test_a_rule_ends_the_heading_so_that_the_next_agent_begins_a_group_of_its_own(text: str) -> None:
    assert allowed(text)


def test_two_groups_of_one_agent_are_read_as_one() -> None:
    text = "User-agent: Warraq\nDisallow: /a\n\nUser-agent: Other\nAllow: /\n\nUser-agent: Warraq\nDisallow: /politics"
    assert not allowed(text)


def test_a_delay_is_read_from_a_group_of_several_agents() -> None:
    rules = parse_robots(b"User-agent: Warraq\nUser-agent: Bingbot\nCrawl-delay: 7\nDisallow: /x\n", "Warraq")
    assert rules.delay_s == 7.0
