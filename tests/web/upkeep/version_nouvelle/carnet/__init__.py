"""Notes, as a version of the tests knows them."""
