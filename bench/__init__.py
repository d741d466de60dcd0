"""Side-by-side benchmarks. Their scripts import the product; the product never imports them."""
