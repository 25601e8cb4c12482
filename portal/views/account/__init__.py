"""Signing in and out, passphrase, role."""
