"""Keeping the site going: its journal read, its jobs watched, saved, restored, examined."""
