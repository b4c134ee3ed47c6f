"""Everything that runs the product on one machine: `make run` and the database of `make test`."""
