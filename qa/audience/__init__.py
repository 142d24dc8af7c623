"""Lists of people, read and counted; an address leaves this room only masked.

Other rooms use `tally` (the count of one list), `csv_list` (its rows and columns) and `unread_rows`.
"""
