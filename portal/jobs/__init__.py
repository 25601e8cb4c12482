"""What runs beside the pages: the command line, the worker, the demonstration."""
