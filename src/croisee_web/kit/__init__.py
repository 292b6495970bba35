"""What every slice leans on: refusals, security headers, base templates, filters."""
