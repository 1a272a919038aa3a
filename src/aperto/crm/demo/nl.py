"""Dutch words of the demonstration company."""

from aperto.crm.demo.vocabulary import Place, Vocabulary

WORDS = Vocabulary(
    organisation="Nordwijk Trading",
    country="NL",
    first_names=(
        "Marieke", "Sander", "Fleur", "Joost", "Noor", "Daan", "Sanne", "Bram", "Lotte", "Thijs", "Femke", "Ruben",
        "Anouk", "Jeroen", "Ilse", "Wouter", "Eva", "Maarten", "Yasmina", "Koen", "Roos", "Pieter", "Amira", "Gijs",
    ),
    last_names=(
        "van Dijk", "Kuipers", "de Wit", "Bakker", "El Amrani", "van den Berg", "Visser", "Smit", "de Boer", "Mulder",
        "Janssen", "Dekker", "van Leeuwen", "Hendriks", "Vermeulen", "Brouwer", "Schouten", "ter Horst", "Postma",
        "de Groot", "Kok", "Peeters", "van der Meer", "Willems",
    ),
    company_starts=(
        "Van Dijk", "Kuipers", "Noorderlicht", "De Zwaan", "Hollandia", "Maasvlakte", "Polder", "Vechtdal", "Brabantse",
        "Zuidplas", "De Linden", "Rijnmond", "IJssel", "Duinrand", "Waterland",
    ),
    company_ends=("Logistiek", "Verpakking", "Energie", "Techniek", "Zuivel", "Bouw", "Zorg", "Groothandel"),
    streets=("Stationsweg", "Molenstraat", "Havenkade", "Dorpsstraat", "Industrieweg", "Kerklaan", "Parallelweg"),
    places=(
        Place("Rotterdam", "3011 AA", "NL", "+3110555"), Place("Utrecht", "3511 AA", "NL", "+3130555"),
        Place("Eindhoven", "5611 AA", "NL", "+3140555"), Place("Groningen", "9711 AA", "NL", "+3150555"),
        Place("Amsterdam", "1011 AA", "NL", "+3120555"), Place("Antwerpen", "2000", "BE", "+323555"),
    ),
    job_titles=(
        "Hoofd operatie", "Inkoper", "Directeur", "Bedrijfsleider", "Financieel directeur", "Officemanager",
        "Hoofd techniek", "Kwaliteitsmanager", "Logistiek manager", "Projectleider", "Controller",
    ),
    offers=(
        "Magazijnrobots", "Jaarlijks onderhoud", "Telematica wagenpark", "Koelketensensoren", "Ombouw verpakkingslijn",
        "Licenties dataplatform", "Lease heftrucks", "Opleidingsprogramma", "Energiescan", "Opname locatie",
        "Raamcontract onderdelen", "Inrichting laboratorium",
    ),
    details=("fase 2", "proef", "verlenging", "14 vestigingen", "uitbreiding", "raamcontract"),
    interests=("Prijslijst sensoren", "Een demonstratie", "Leasevoorwaarden", "Levertijden", "Een bezoek"),
    tasks=(
        "Aangepaste offerte sturen", "Voorraad navragen", "Contract voorbereiden", "Inkooporder opvragen",
        "Referenties sturen", "Opname plannen", "Terugbellen over levering", "Prijslijst bijwerken",
    ),
    meetings=("Bezoek op locatie", "Kwartaalgesprek", "Demonstratie", "Contractbespreking", "Startbijeenkomst"),
    calls=(
        "Levermoment afgesproken. De aangepaste offerte moet er voor de directievergadering van donderdag zijn.",
        "Twee vragen van de controller over het onderhoud. Kan dat een vast bedrag per jaar worden?",
        "Tevreden over de proef. De tweede vestiging volgt waarschijnlijk in het voorjaar.",
        "Al naar huis; morgen voor tienen opnieuw proberen.",
        "Het budget is goedgekeurd. Juridische zaken leest de voorwaarden nog.",
        "Vergelijkt ons met één andere leverancier; prijs staat niet bovenaan.",
    ),
    notes=(
        "Liefst bellen na vier uur.",
        "Beslist samen met de financieel directeur.",
        "De oude machines zijn eind volgend jaar afgeschreven.",
        "Ontmoet op de vakbeurs; belangstelling voor lease.",
        "Facturen naar het hoofdkantoor, niet naar de vestiging.",
    ),
    next_steps=("Offerte sturen", "Bezoek plannen", "Wachten op juridisch", "Inkoper bellen", "Startdatum bevestigen"),
    products=(
        ("Magazijnrobot R2", "ROB-2", 18400, "stuk"), ("Koelketensensor", "SEN-C", 145, "stuk"),
        ("Telematica-unit", "TEL-1", 320, "stuk"), ("Onderhoud, standaard", "SUP-S", 240, "maand"),
        ("Onderhoud, dag en nacht", "SUP-24", 690, "maand"), ("Installatiedag", "INST-1", 850, "dag"),
        ("Opleiding op locatie", "TRN-1", 1200, "dag"), ("Energiescan", "AUD-E", 2450, "stuk"),
    ),
    teams=("Noord", "Zuid", "Service"),
)  # fmt: skip
