"""Where the news of saved searches goes: a program, a webhook, a feed."""
