"""Use of CSS in a document: which features its style sheets use, and on which elements.

It serves the gatherer `qa.gather.features`.
"""
