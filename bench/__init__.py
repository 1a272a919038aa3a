"""Benchmarks that anybody can run: `bin/bench`. They ask the product from outside."""
