"""A study: its networks, frames, editions, committee, activities and ethics certificates."""
