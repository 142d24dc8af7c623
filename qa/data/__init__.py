"""Tables of facts, each with its source and its date; `qa.facts` reads them."""
