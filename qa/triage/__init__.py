"""The request judged alone, before anything is built."""
