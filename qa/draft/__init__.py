"""A first request, written from a build, to be corrected by hand."""
