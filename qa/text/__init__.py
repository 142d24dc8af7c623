"""Words, dates, times, money and addresses in many languages.

Other rooms use `wording` (texts compared as a reader compares them), `dates`, `times`, `money`, `postal_address`,
`placeholders`, `mojibake` and `phrases` (the words for several things at once).
"""
