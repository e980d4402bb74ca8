"""Papers: Word documents, the Excel tracker and the blank forms."""
