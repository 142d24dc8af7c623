"""What was built: the files of every asset, decoded; never anything outside the campaign folder."""
