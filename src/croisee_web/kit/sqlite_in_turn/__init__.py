"""Django's SQLite, where those who write are served in turn."""
