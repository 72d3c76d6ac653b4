"""One member at a time, and cards. `wishes` says for other rooms, too, whose a card is and what may be known of a person."""
