"""Pages that list articles: their article links, menus, and next pages."""
