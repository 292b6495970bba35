"""The steps of a run, from a study folder to its results."""
