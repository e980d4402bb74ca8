"""PDF copies of Word papers, made by LibreOffice where it is installed."""
