"""What may leave the team: the gate, the register, the attacker."""
