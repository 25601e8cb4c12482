"""What the pages share: form fields, filters, headers."""
