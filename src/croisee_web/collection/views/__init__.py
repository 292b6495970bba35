"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""
