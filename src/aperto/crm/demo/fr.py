"""French words of the demonstration company."""

from aperto.crm.demo.vocabulary import Place, Vocabulary

WORDS = Vocabulary(
    organisation="Comptoir du Nord",
    country="FR",
    first_names=(
        "Camille", "Émile", "Claire", "Julien", "Aïcha", "Mathieu", "Léa", "Antoine", "Chloé", "Hugo", "Inès", "Théo",
        "Manon", "Rémi", "Élodie", "Bastien", "Noémie", "Karim", "Aurélie", "Lucas", "Solène", "Étienne", "Nadia", "Paul",
    ),
    last_names=(
        "Roux", "Garnier", "Perrin", "Lefèvre", "Benali", "Moreau", "Fournier", "Girard", "Bonnet", "Dupuis", "Lambert",
        "Rousseau", "Mercier", "Faure", "Chevalier", "Gauthier", "Masson", "Marchand", "Renard", "Diallo", "Colin",
        "Leroy", "Barbier", "Picard",
    ),
    company_starts=(
        "Atelier", "Maison", "Établissements", "Groupe", "Manufacture", "Les Fils de", "Compagnie", "Ferme", "Comptoir",
        "Société", "Domaine", "Laboratoires", "Imprimerie", "Chantiers", "Moulins",
    ),
    company_ends=("Lumière", "Perrin", "Beaumont", "du Rhône", "Saint-Michel", "Vauban", "de l'Ouest", "Delacroix"),
    streets=("Rue de la Gare", "Avenue Foch", "Quai des Chartrons", "Rue du Moulin", "Place du Marché", "Rue Pasteur"),
    places=(
        Place("Paris", "75011", "FR", "+3315555"), Place("Lyon", "69003", "FR", "+3345555"),
        Place("Bordeaux", "33000", "FR", "+3355555"), Place("Lille", "59000", "FR", "+3325555"),
        Place("Nantes", "44000", "FR", "+3325556"), Place("Bruxelles", "1000", "BE", "+322555"),
    ),
    job_titles=(
        "Directrice des opérations", "Acheteur", "Gérant", "Responsable d'usine", "Directrice financière",
        "Assistante de direction", "Ingénieur en chef", "Responsable qualité", "Responsable logistique", "Chef de projet",
    ),
    offers=(
        "Robots d'entrepôt", "Maintenance annuelle", "Télématique de flotte", "Capteurs de la chaîne du froid",
        "Rénovation de la ligne d'emballage", "Licences de la plateforme", "Location de chariots",
        "Programme de formation", "Audit énergétique", "Visite technique", "Contrat de pièces", "Équipement de laboratoire",
    ),
    details=("phase 2", "pilote", "renouvellement", "14 sites", "extension", "contrat-cadre"),
    interests=("Tarif des capteurs", "Une démonstration", "Conditions de location", "Délais de livraison", "Une visite"),
    tasks=(
        "Envoyer le devis révisé", "Vérifier le stock", "Préparer le contrat", "Demander le bon de commande",
        "Envoyer des références", "Planifier la visite technique", "Rappeler au sujet de la livraison", "Mettre à jour le tarif",
    ),
    meetings=("Visite du site", "Revue trimestrielle", "Démonstration", "Négociation du contrat", "Réunion de lancement"),
    calls=(
        "Livraison convenue. Le devis révisé doit arriver avant le conseil de jeudi.",
        "Deux questions du contrôleur sur la maintenance. Peut-on passer à un forfait annuel ?",
        "Satisfait du pilote. Le second site devrait suivre au printemps.",
        "Déjà parti ; rappeler demain avant dix heures.",
        "Le budget est accepté. Le service juridique lit encore les conditions.",
        "Nous compare à un autre fournisseur ; le prix n'est pas le premier critère.",
    ),
    notes=(
        "Préfère être appelée après seize heures.",
        "Décide avec la directrice financière.",
        "Les anciennes machines seront amorties fin de l'année prochaine.",
        "Rencontré au salon ; intéressé par la location.",
        "Les factures vont au siège, pas au site.",
    ),
    next_steps=("Envoyer le devis", "Planifier la visite", "Attendre le juridique", "Appeler l'acheteur", "Confirmer la date"),
    products=(
        ("Robot d'entrepôt R2", "ROB-2", 18400, "pièce"), ("Capteur de froid", "SEN-C", 145, "pièce"),
        ("Boîtier télématique", "TEL-1", 320, "pièce"), ("Maintenance standard", "SUP-S", 240, "mois"),
        ("Maintenance jour et nuit", "SUP-24", 690, "mois"), ("Journée d'installation", "INST-1", 850, "jour"),
        ("Formation sur site", "TRN-1", 1200, "jour"), ("Audit énergétique", "AUD-E", 2450, "pièce"),
    ),
    teams=("Nord", "Sud", "Service"),
)  # fmt: skip
