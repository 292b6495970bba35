"""Commands of the collection slice."""
