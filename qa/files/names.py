"""The names of the file that makes a folder a campaign: for whoever looks for campaigns, and needs nothing more."""

REQUEST_NAMES = ("request.yaml", "request.yml")
