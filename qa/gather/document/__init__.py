"""How a document is read: its tree, its blocks of text, its forms."""
