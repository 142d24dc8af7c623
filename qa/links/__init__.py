"""Links: addresses, hosts, what a link is for, what is wrong with it as such."""
