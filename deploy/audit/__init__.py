"""What `make audit` runs."""
