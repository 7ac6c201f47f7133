"""Faults to inject in tests: names that do not resolve, wrong clocks, small disks, a database server that restarts."""
