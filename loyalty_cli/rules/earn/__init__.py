"""Rules that give points for a purchase. A kind says what it contributes to the receipt; replay adds it up."""
