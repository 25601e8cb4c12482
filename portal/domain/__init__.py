"""The rules of the field as plain Python: dataclasses in, dataclasses out, no database, no web."""
