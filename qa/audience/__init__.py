"""Lists of people, read and counted; nobody's address leaves this room but masked."""
