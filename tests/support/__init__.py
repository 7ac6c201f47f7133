"""What tests share: processes, servers, archives made by hand, and the newspapers that are crawled."""
