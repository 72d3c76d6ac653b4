"""What came back by e-mail: `opened` reads mbox and Maildir, `heard` says what each mail is."""
