"""Messages that are drafted and never sent, for each event at which somebody must be told."""
