"""Delivery of the news of saved searches to a program, a webhook or a feed; requests to a timestamp authority."""
