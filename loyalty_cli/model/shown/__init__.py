"""What a person is shown, before it has a language or a form: phrases, tables, documents, sheets, outcomes, exit codes."""
