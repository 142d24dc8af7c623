"""Views in which a build is drawn, and what can be read in them.

Other rooms use `catalogue` (the views), and of what was measured in one: `legibility`, `contrast`, `backgrounds`,
`screenshot_pixels` and `overflow`.
"""
