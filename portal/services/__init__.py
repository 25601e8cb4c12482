"""What can be done: one public function, one transaction; the actor is always first."""
