"""Read and check a study folder; say everything that is wrong with it, at once."""
