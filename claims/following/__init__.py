"""Who follows what: saved searches with e-mail, webhooks, feeds beside those of quotes, and large files."""
