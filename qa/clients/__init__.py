"""Email clients: what they support, who reads with them, what readers lose.

Other rooms use `caniemail` (the clients and the features they support), `mix` (how many readers each has), `recognise`
(the features that HTML and CSS use) and `degradation` (what a reader loses without one).
"""
