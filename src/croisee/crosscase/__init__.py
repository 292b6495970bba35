"""What converges, diverges, is silent or said only here."""
