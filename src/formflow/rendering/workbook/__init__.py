"""The tracker: an Excel workbook of all cases."""
