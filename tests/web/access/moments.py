"""Moments that the tests of this slice share: one clock read for all."""

from datetime import UTC, datetime, timedelta

REAL_NOW = datetime.now(UTC)  # noqa: TID251 -- the pages and the database read the clock
LONG_AGO = REAL_NOW - timedelta(days=30)
