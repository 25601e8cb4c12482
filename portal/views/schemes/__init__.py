"""The area’s scheme: its versions, and the draft that an administrator writes."""
