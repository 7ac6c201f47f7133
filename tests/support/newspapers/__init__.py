"""Sites and pages for tests: invented newspapers on loopback, a replayed one, single pages."""
