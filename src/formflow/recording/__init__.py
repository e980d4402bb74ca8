"""The register: arrivals, submissions, decisions and the audit chain."""
