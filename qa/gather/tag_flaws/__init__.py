"""Tags, formatting and conditions without their other half, as `qa.gather.structure` reports them."""
