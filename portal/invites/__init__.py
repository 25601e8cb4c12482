"""Meeting invites: typed content first, the calendar file made from it second."""
