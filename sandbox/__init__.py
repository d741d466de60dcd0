"""Vendor sandbox: one local program that speaks as the outside services do.

The real adapters of the product talk to it by address in settings, in demonstrations and in
tests. It imports nothing of the product, so a change there cannot make it agree by accident.
"""
