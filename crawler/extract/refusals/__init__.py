"""Find the reason why a page gives no article: error pages, block pages, listings, static pages, other languages."""
