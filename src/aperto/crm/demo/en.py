"""English words of the demonstration company."""

from aperto.crm.demo.vocabulary import Place, Vocabulary

WORDS = Vocabulary(
    organisation="Northgate Trading",
    country="GB",
    first_names=(
        "Hannah", "Owen", "Priya", "Tom", "Grace", "Callum", "Isla", "Marcus", "Freya", "Daniel", "Amara", "Lewis",
        "Niamh", "George", "Sophie", "Rhys", "Chloe", "Imran", "Holly", "Patrick", "Zoe", "Adam", "Fiona", "Kofi",
    ),
    last_names=(
        "Whitlock", "Price", "Patel", "Field", "Hartley", "MacLeod", "Sinclair", "Obi", "Ashworth", "Pemberton",
        "Okafor", "Bevan", "Gallagher", "Thornton", "Marsh", "Llewellyn", "Fairbanks", "Hussain", "Draper", "Byrne",
        "Langley", "Croft", "Munro", "Boateng",
    ),
    company_starts=(
        "Brightwater", "Halden", "Ironbridge", "Calder", "Foxglove", "Pennine", "Harbour", "Kestrel", "Oakfield",
        "Stonebeck", "Westmere", "Larkhill", "Copperfield", "Tideway", "Greenacre",
    ),
    company_ends=("Energy", "Instruments", "Logistics", "Foods", "Engineering", "Packaging", "Healthcare", "Retail"),
    streets=("Station Road", "Mill Lane", "Quay Street", "King Street", "Canal Wharf", "Church Road", "Park Avenue"),
    places=(
        Place("London", "EC1A 1BB", "GB", "+44207946"), Place("Manchester", "M1 1AE", "GB", "+44161496"),
        Place("Edinburgh", "EH1 1YZ", "GB", "+44131496"), Place("Bristol", "BS1 4DJ", "GB", "+44117496"),
        Place("Leeds", "LS1 4AP", "GB", "+44113496"), Place("Cardiff", "CF10 1EP", "GB", "+44292018"),
    ),
    job_titles=(
        "Head of operations", "Procurement lead", "Managing director", "Plant manager", "Finance director",
        "Office manager", "Chief engineer", "Quality director", "Buyer", "Supply chain manager", "Site lead",
    ),
    offers=(
        "Warehouse robots", "Annual support", "Fleet telematics", "Cold-chain sensors", "Packaging line retrofit",
        "Data platform seats", "Forklift leasing", "Training programme", "Energy audit", "Site survey",
        "Spare parts contract", "Quality lab equipment",
    ),
    details=("phase 2", "pilot", "renewal", "14 sites", "extension", "frame contract"),
    interests=("Price list for sensors", "A demonstration", "Leasing conditions", "Delivery times", "A site visit"),
    tasks=(
        "Send the revised quote", "Check stock with the plant", "Prepare the contract", "Ask for the purchase order",
        "Send references", "Plan the site survey", "Call back about the delivery window", "Update the price list",
    ),
    meetings=("Site visit", "Quarterly review", "Product demonstration", "Contract talk", "Kick-off"),
    calls=(
        "Agreed the delivery window. The revised quote has to arrive before Thursday's board meeting.",
        "Two questions from the controller about the maintenance line. Could it become a yearly fee?",
        "Happy with the pilot so far. The second site is likely to follow in spring.",
        "Left the office already; try again tomorrow before ten.",
        "Budget is approved. Legal still has to read the conditions.",
        "Compares our offer with one other supplier; price is not the first point.",
    ),
    notes=(
        "Prefers to be called after four o'clock.",
        "Decides together with the finance director.",
        "The old machines are written off by the end of next year.",
        "Met at the trade fair; interested in the leasing model.",
        "Invoices go to head office, not to the site.",
    ),
    next_steps=("Send revised quote", "Plan site visit", "Wait for legal", "Call the buyer", "Confirm start date"),
    products=(
        ("Warehouse robot R2", "ROB-2", 18400, "piece"), ("Cold-chain sensor", "SEN-C", 145, "piece"),
        ("Telematics unit", "TEL-1", 320, "piece"), ("Support, standard", "SUP-S", 240, "month"),
        ("Support, round the clock", "SUP-24", 690, "month"), ("Installation day", "INST-1", 850, "day"),
        ("Training, on site", "TRN-1", 1200, "day"), ("Energy audit", "AUD-E", 2450, "piece"),
    ),
    teams=("North", "South", "Service"),
)  # fmt: skip
