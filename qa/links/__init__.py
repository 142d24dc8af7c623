"""Links: addresses, hosts, what a link is for, what is wrong with it as such.

Other rooms use `url` (a URL taken apart, and whether two lead to the same place), `hosts`, `roles` (unsubscribe and
the like), `anchors`, `faults`, `contact`, `tracking` and `naming` (the words for a link in a message).
"""
