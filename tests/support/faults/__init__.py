"""What the tests of faults inject: names that do not resolve, clocks, small disks, a database server that is restarted."""
