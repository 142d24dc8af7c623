"""Picture files and what is measured of them.

Other rooms use `measure`.
"""
