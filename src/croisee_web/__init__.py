"""The platform: one Django app a step of a study."""
