"""A sample newspaper, served on loopback: something to crawl where there is no network."""

from crawler.demo.newspaper import NAME, TIMEZONE, Newspaper, SampleArticle
from crawler.demo.server import DemoServer, serve

__all__ = ["NAME", "TIMEZONE", "DemoServer", "Newspaper", "SampleArticle", "serve"]
