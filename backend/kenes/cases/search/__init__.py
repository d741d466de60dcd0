"""Search over cases: words sealed by a key, forms, mistakes, layouts, and where something was found."""
