"""Matching of what was asked for with what was built: links, pictures, copy, form fields.

Some modules are gatherers, which checks ask for by type. By name, other rooms use the words and rules of one subject:
`asked_links`, `contradictions`, `copy`, `form`, `form_buttons`, `image_names`, `labels`, `links`,
`merge_tags`, `script_writing`, `view_contents`, `word_differences`.
"""
