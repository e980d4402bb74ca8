"""The status page: the state of the tracker for people without Excel."""
