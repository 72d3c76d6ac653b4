"""What goes out to whom and when, without a database: `texts` fills in, `sms` counts parts, `planning` decides."""
