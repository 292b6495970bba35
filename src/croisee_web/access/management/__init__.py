"""Commands of the access slice."""
