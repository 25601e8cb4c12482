"""What an area's office tells the public."""
