"""CourtListener: REST API, Atom feed of a docket, docket alerts by webhook."""
