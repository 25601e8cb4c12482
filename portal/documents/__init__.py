"""The Word documents that go out: what is in them, how they are made, how a template is checked."""
