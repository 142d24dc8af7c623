"""The reading of an HTML document: its tree, its blocks of text, its links, pictures and forms.

It serves the gatherers, `qa.gather.inventory` above all.
"""
