"""Sites and pages that tests crawl or read: invented newspapers on loopback, a replayed one, single pages."""
