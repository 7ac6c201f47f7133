"""Which article a page shows: which canonical address is believed, what has moved, and parting what was merged."""
