"""Rules that give points for a purchase. A kind says what it contributes to the receipt; the engine adds it up."""
