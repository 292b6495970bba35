"""Who did what: an append-only, hash-chained list of acts."""
