"""The demo's sample newspaper, served on loopback: a site to crawl without a network."""

from crawler.demo.newspaper import NAME, TIMEZONE, Newspaper, SampleArticle
from crawler.demo.server import DemoServer, serve

__all__ = ["NAME", "TIMEZONE", "DemoServer", "Newspaper", "SampleArticle", "serve"]
