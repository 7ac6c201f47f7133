"""Run commands for tests in forks of a process that has already loaded the modules."""
