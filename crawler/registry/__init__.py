"""The declared sites, one file each in `spiders/`, and how Scrapy finds them."""
