"""What the invented shop sells, and the names its invented members have."""

from __future__ import annotations

from typing import NamedTuple


class Product(NamedTuple):
    """A product: its code, its name, its category, its price in grosze, its VAT rate, how it is sold."""

    code: str
    name: str
    category: str
    price: int
    vat: str
    by_metre: bool = False
    weight: int = 10


TEA, HERBS, FABRIC, THREAD, EXTRAS, CHINA, DEPOSIT = (
    "herbata",
    "zioła",
    "tkanina",
    "nici",
    "dodatki",
    "porcelana",
    "kaucja",
)

PRODUCTS = (
    Product("H01", "Herbata czarna Łąka 100 g", TEA, 1890, "23", weight=26),
    Product("H02", "Herbata zielona Mgła 100 g", TEA, 2150, "23", weight=24),
    Product("H03", "Herbata biała Świt 50 g", TEA, 3490, "23", weight=8),
    Product("H04", "Herbata oolong Wąwóz 100 g", TEA, 4200, "23", weight=8),
    Product("H05", "Herbata czerwona Żar 100 g", TEA, 2390, "23", weight=12),
    Product("H06", "Herbata z bergamotką 100 g", TEA, 2290, "23", weight=18),
    Product("H07", "Herbata zimowa z goździkami 100 g", TEA, 2450, "23", weight=14),
    Product("H08", "Puszka herbaty na prezent 200 g", TEA, 6900, "23", weight=6),
    Product("H09", "Herbata mrożona w butelce 0,5 l", TEA, 990, "23", weight=14),
    Product("Z01", "Mięta suszona 50 g", HERBS, 890, "8", weight=14),
    Product("Z02", "Rumianek 50 g", HERBS, 790, "8", weight=12),
    Product("Z03", "Lipa z dzikim bzem 60 g", HERBS, 1250, "8", weight=10),
    Product("Z04", "Mieszanka Wieczorna 80 g", HERBS, 1690, "8", weight=10),
    Product("T01", "Bawełna w kropki", FABRIC, 3490, "23", by_metre=True, weight=14),
    Product("T02", "Bawełna gładka", FABRIC, 2890, "23", by_metre=True, weight=14),
    Product("T03", "Len naturalny", FABRIC, 5990, "23", by_metre=True, weight=9),
    Product("T04", "Wełna płaszczowa", FABRIC, 11900, "23", by_metre=True, weight=4),
    Product("T05", "Jersey", FABRIC, 4290, "23", by_metre=True, weight=8),
    Product("T06", "Aksamit zasłonowy", FABRIC, 8490, "23", by_metre=True, weight=4),
    Product("T07", "Flanela w kratę", FABRIC, 3990, "23", by_metre=True, weight=8),
    Product("N01", "Nici poliestrowe 500 m", THREAD, 690, "23", weight=22),
    Product("N02", "Nici bawełniane 200 m", THREAD, 990, "23", weight=16),
    Product("N03", "Mulina, motek", THREAD, 350, "23", weight=18),
    Product("N04", "Kordonek 100 g", THREAD, 2190, "23", weight=8),
    Product("N05", "Włóczka wełniana 100 g", THREAD, 2990, "23", weight=12),
    Product("D01", "Guziki drewniane, 10 szt.", EXTRAS, 1290, "23", weight=12),
    Product("D02", "Zamek błyskawiczny 20 cm", EXTRAS, 590, "23", weight=14),
    Product("D03", "Igły do szycia, zestaw", EXTRAS, 1490, "23", weight=10),
    Product("D04", "Nożyczki krawieckie", EXTRAS, 8900, "23", weight=3),
    Product("D05", "Taśma miernicza", EXTRAS, 1190, "23", weight=6),
    Product("D06", "Szpilki, 50 szt.", EXTRAS, 990, "23", weight=8),
    Product("P01", "Filiżanka ze spodkiem", CHINA, 4900, "23", weight=5),
    Product("P02", "Czajniczek żeliwny 0,8 l", CHINA, 18900, "23", weight=2),
    Product("P03", "Zaparzacz do kubka", CHINA, 2490, "23", weight=8),
    Product("P04", "Kubek z przykrywką", CHINA, 3890, "23", weight=6),
)
BOTTLE_DEPOSIT = Product("K01", "Kaucja za butelkę", DEPOSIT, 50, "0")
ICED_TEA = "H09"

FIRST_NAMES = (
    "Anna", "Maria", "Katarzyna", "Małgorzata", "Agnieszka", "Barbara", "Ewa", "Krystyna", "Elżbieta",
    "Zofia", "Joanna", "Magdalena", "Danuta", "Teresa", "Julia", "Hanna", "Łucja", "Piotr", "Jan",
    "Andrzej", "Tomasz", "Paweł", "Marcin", "Michał", "Jakub", "Adam", "Stanisław", "Józef", "Grzegorz",
    "Oksana", "Irina", "Dumitru",
)  # fmt: skip
# Members have a first name and a letter: nobody is meant.
INITIALS = "ABCDEFGHIJKLMNOPRSTUWZŁŚŻ"
