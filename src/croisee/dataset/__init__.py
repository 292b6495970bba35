"""A frozen study: Parquet tables, a manifest, a digest that is its name."""
