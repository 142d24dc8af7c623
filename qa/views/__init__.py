"""Views in which a build is drawn, and what can be read in them."""
