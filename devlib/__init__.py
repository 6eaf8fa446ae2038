"""What the `dev` command is made of. Python standard library only."""
