"""Rubbish of every kind, guided by what code it reaches: nothing that reads bytes of others may raise or hang."""
