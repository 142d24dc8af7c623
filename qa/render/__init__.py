"""Drawing of a build: engines, what a client changes in a message first, the cache of screenshots.

Other rooms use `engines` (the browsers), `origin` (the files a browser may read), `emulation` (what a client changes),
`authored_dark` (dark styles of the build's own), `cache` and `fonts`.
"""
