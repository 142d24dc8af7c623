"""HTML and CSS as they are written, with their places in the source.

Other rooms use `tokeniser` (HTML), `css` and `merge_tag_mask` (merge tags replaced, so that nothing trips over them).
"""
