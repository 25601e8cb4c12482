"""Messages that go out: they say that something is waiting, with the reference and a link."""
