"""Changes to communities, their members, partners and areas."""
