"""One criterion a file; every file here is loaded, and an edition adopts it by its key."""
