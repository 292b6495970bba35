"""Long work, done by the worker process: kept in the database, taken over when a worker dies."""
