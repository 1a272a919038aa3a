"""Benchmarks that anybody can run: `bin/bench`. They drive the product from outside and change nothing in it."""
