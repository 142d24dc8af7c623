"""The names of files that say what a folder is to us: for whoever looks for them, and needs nothing more."""

REQUEST_NAMES = ("request.yaml", "request.yml")  # what makes a folder a campaign
WAIVER_NAMES = ("waivers.yaml", "waivers.yml")
