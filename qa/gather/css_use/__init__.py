"""How the style sheets of a document are used."""
