"""Commands that tests run in forks of a process that has loaded the modules."""
