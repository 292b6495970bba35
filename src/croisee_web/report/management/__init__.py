"""Commands of the report slice."""
