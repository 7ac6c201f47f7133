"""Why a page gives no article: error pages, walls, listings, static pages, other languages."""
