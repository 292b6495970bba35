"""Commands of the jobs slice."""
