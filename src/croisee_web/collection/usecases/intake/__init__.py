"""How filled forms are received, kept together, and taken back: what use cases are made of.

``receive`` is called by every way in, each of which says who may come and when.
"""
