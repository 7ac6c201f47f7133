"""robots.txt by RFC 9309: its rules are checked before every request, and stored for some hours."""

from crawler.http.robots.kept import BELIEVED_FOR
from crawler.http.robots.middleware import UNREADABLE, RobotsMiddleware
from crawler.http.robots.robot_rules import MAX_BYTES, MOST_SITEMAPS, RobotRules, parse_robots

__all__ = [
    "BELIEVED_FOR",
    "MAX_BYTES",
    "MOST_SITEMAPS",
    "UNREADABLE",
    "RobotRules",
    "RobotsMiddleware",
    "parse_robots",
]
