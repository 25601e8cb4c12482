"""The meeting before and between its sittings: booking, invites and answers, rooms."""
