"""What hides the elements of a document from its readers, as its styles say."""
