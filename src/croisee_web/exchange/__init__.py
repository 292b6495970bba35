"""Study folders in and out: what a team brings from elsewhere, and takes away."""
