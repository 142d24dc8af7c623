"""A first request, written from a build, to be corrected by hand.

Other rooms use `request.draft` alone.
"""
