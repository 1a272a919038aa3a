"""What exporters and people call a column, in four languages and a little beyond.

Keys are the keys of targets ("first_name", "phones.mobile"); what stands after a bare dot (".city") is a
piece of any field of that kind. A field that is not listed is recognised by its label and its key.
"""

WORDS: dict[str, str] = {
    "first_name": (
        "first name, given name, forename, first, christian name, voornaam, roepnaam, prénom, nome próprio, "
        "primeiro nome, vorname, nombre, properties firstname"
    ),
    "last_name": (
        "last name, surname, family name, second name, last, achternaam, familienaam, nom de famille, "
        "sobrenome, apelido, último nome, nachname, familienname, apellido, apellidos, cognome"
    ),
    "salutation": (
        "salutation, prefix, name prefix, honorific, title, courtesy title, aanhef, aanspreektitel, titel, "
        "civilité, tratamento, titre, título, anrede"
    ),
    "job_title": (
        "job title, job, position, function, role, occupation, title, functie, functietitel, beroep, poste, "
        "fonction, intitulé du poste, cargo, função, profissão, profession, organization title, position "
        "title, designation"
    ),
    "department": (
        "department, dept, division, afdeling, département, service, departamento, setor, organization "
        "department"
    ),
    "birthday": (
        "birthday, birth date, date of birth, birthdate, dob, geboortedatum, verjaardag, date de naissance, "
        "naissance, anniversaire, data de nascimento, aniversário, nascimento, geburtsdatum"
    ),
    "language": "language, preferred language, taal, voorkeurstaal, langue, idioma, língua, sprache",
    "website": (
        "website, web site, web page, webpage, homepage, url, web, site, domain, domain name, website url, "
        "company domain name, website 1 value, site web, site internet, sítio, página web, webseite, "
        "webadres"
    ),
    "description": (
        "description, notes, note, comments, comment, remarks, background, additional comments, biography, "
        "bio, omschrijving, notities, opmerkingen, opmerking, toelichting, beschrijving, commentaires, "
        "commentaire, remarques, observações, observação, descrição, notas, anotações, beschreibung, "
        "bemerkung"
    ),
    "source": (
        "source, lead source, source name, original source, herkomst, bron, origine, provenance, origem, "
        "fonte"
    ),
    "status": (
        "status, customer status, state of relation, lifecycle stage, relatiestatus, statut, estado, situação"
    ),
    "stage": (
        "stage, deal stage, sales stage, lead status, opportunity status, status, pipeline stage, status "
        "id, fase, étape, etapa, phase, stadium, statut, estágio"
    ),
    "name": "name, naam, nom, nome, nombre",
    "subject": "subject, title, topic, onderwerp, sujet, objet, assunto, titel",
    "industry": (
        "industry, sector, branche, secteur, secteur d activité, setor, ramo, indústria, bedrijfstak"
    ),
    "employees": (
        "employees, number of employees, no of employees, employee count, headcount, company size, size, "
        "werknemers, aantal werknemers, aantal medewerkers, medewerkers, effectif, effectifs, nombre d "
        "employés, employés, funcionários, número de funcionários, colaboradores, anzahl mitarbeiter"
    ),
    "revenue": (
        "revenue, annual revenue, turnover, yearly revenue, sales volume, omzet, jaaromzet, chiffre d "
        "affaires, ca, faturamento, receita anual, volume de negócios, umsatz"
    ),
    "vat_number": (
        "vat number, vat, vat no, vat id, tax id, tax number, btw, btw nummer, numéro de tva, tva, tva "
        "intracommunautaire, nif, número de iva, contribuinte, cnpj, ust id"
    ),
    "registration_number": (
        "registration number, company number, chamber of commerce, coc, kvk, kvk nummer, "
        "ondernemingsnummer, siret, siren, numéro d entreprise, numéro de registo, registro, "
        "handelsregister"
    ),
    "parent": (
        "parent company, parent account, parent, parent organisation, moederbedrijf, moederonderneming, "
        "société mère, maison mère, empresa mãe, matriz"
    ),
    "reports_to": (
        "reports to, manager, supervisor, leidinggevende, responsable, supérieur, gestor, superior"
    ),
    "external_id": (
        "external id, external identifier, id, record id, guid, uuid, extern id, externe id, identifiant, "
        "identifiant externe, identificador, id externo, legacy id, import id"
    ),
    "amount": (
        "amount, value, deal value, deal amount, budget, budget amount, estimated value, expected value, "
        "total, opportunity amount, expected revenue, bedrag, waarde, geschatte waarde, montant, valeur, "
        "valor, montante, betrag, wert"
    ),
    "close_date": (
        "close date, closing date, expected close date, expected closing date, expected close, sluitdatum, "
        "verwachte sluitdatum, date de clôture, clôture prévue, échéance, data de fecho, data de "
        "fechamento, fechamento previsto"
    ),
    "probability": (
        "probability, win probability, chance, kans, waarschijnlijkheid, slaagkans, probabilité, "
        "probabilidade"
    ),
    "next_step": "next step, volgende stap, prochaine étape, próximo passo",
    "lost_reason": (
        "lost reason, loss reason, close reason, close reason name, reason lost, reden verlies, "
        "verliesreden, motif de perte, raison de perte, motivo da perda"
    ),
    "interest": (
        "interest, interested in, lead name, product interest, enquiry, topic, subject, interesse, intérêt, "
        "demande"
    ),
    "company_name": (
        "company name, company, account name, account, organisation, organization name, business, employer, "
        "bedrijf, bedrijfsnaam, société, entreprise, raison sociale, empresa, firma"
    ),
    "rating": "rating, score, beoordeling, waardering, note, évaluation, avaliação, classificação",
    "owner": (
        "owner, account owner, record owner, assigned to, assigned user, responsible, user, sales, sales "
        "rep, salesperson, account manager, eigenaar, verantwoordelijke, toegewezen aan, behandelaar, "
        "verkoper, propriétaire, assigné à, responsable, commercial, proprietário, responsável, atribuído "
        "a, vendedor, contact owner, deal owner, company owner, lead owner, owner name, owner email, owner "
        "username, assigned to username, besitzer, zuständig"
    ),
    "team": "team, équipe, equipa, equipe",
    "no_email": (
        "do not email, do not e mail, no email, email opt out, opt out, unsubscribed, unsubscribed from all "
        "email, geen e mail, niet mailen, ne pas envoyer d email, não enviar email, has opted out of email"
    ),
    "no_calls": "do not call, no calls, do not phone, donotcall, niet bellen, ne pas appeler, não ligar",
    "no_post": (
        "do not mail, do not write, do not write by post, no mail, do not post, geen post, pas de courrier"
    ),
    "code": (
        "code, sku, product code, article number, item number, artikelnummer, référence, réf, referência, "
        "código, art nr"
    ),
    "price": (
        "price, unit price, list price, sales price, prijs, stuksprijs, prix, prix unitaire, preço, preis"
    ),
    "unit": "unit, unit of measure, uom, eenheid, unité, unidade, einheit",
    "active": "active, for sale, enabled, actief, actif, ativo, aktiv",
    "due": (
        "due, due date, deadline, vervaldatum, einddatum, échéance, date d échéance, prazo, data de "
        "vencimento"
    ),
    "at": (
        "start, starts, start date, date, when, datum, begin, début, início, date de début, data de início, "
        "moment"
    ),
    "until": "end, ends, end date, einde, fin, fim, date de fin, data de fim",
    "done": (
        "done, completed, is done, finished, voltooid, afgerond, gereed, terminé, fait, concluído, feito"
    ),
    "priority": "priority, prioriteit, priorité, prioridade",
    "location": "location, place, where, locatie, plaats, lieu, local",
    "body": (
        "body, note, notes, text, content, description, details, comment, message, notitie, tekst, inhoud, "
        "texte, contenu, texto, conteúdo, descrição, inhalt"
    ),
    "about": "about, related to, regarding, betreft, gekoppeld aan, concerne, lié à, relacionado a, sobre",
    "full_name": (
        "name, full name, display name, complete name, file as, naam, volledige naam, nom, nom complet, "
        "nome, nome completo, contactpersoon, nome e apelido, nombre"
    ),
    ".address": "address, full address, adres, adresse, endereço, morada",
    # pieces, of the first field of their kind; of another one behind a word for it ("billing city")
    ".street": (
        "street, street address, street 1, address line 1, address line1, line 1, address street, address "
        "1, address1, straat, straatnaam, adres, straat en huisnummer, adresregel 1, rue, adresse, adresse "
        "1, voie, rua, endereço, morada, logradouro, strasse, straße, dirección, calle, via, indirizzo, "
        "formatted"
    ),
    ".street2": (
        "street 2, street2, street address 2, address line 2, address line2, line 2, address 2, address2, "
        "adresregel 2, complément d adresse, adresse 2, complemento, extended address, supplemental address "
        "1"
    ),
    ".postal_code": (
        "postal code, postcode, post code, zip, zip code, zip postal code, zipcode, postal, code postal, "
        "cp, código postal, cep, plz, postleitzahl, cap"
    ),
    ".city": (
        "city, town, locality, plaats, stad, woonplaats, gemeente, ville, commune, cidade, localidade, "
        "município, stadt, ort, ciudad, città"
    ),
    ".region": (
        "region, state, province, county, state province, state region, state abbreviation, state combined, "
        "provincie, regio, staat, région, département, province, estado, distrito, uf, bundesland, "
        "provincia"
    ),
    ".country": (
        "country, country region, country name, country full, nation, land, pays, país, land name, country "
        "code, country iso2, country iso2 code, paese"
    ),
    ".email": (
        "email, email address, e mail, mail, main email, primary email, courriel, adresse email, adresse "
        "mail, mél, e mailadres, mailadres, correio eletrónico, correio eletrônico, endereço de email, "
        "correo, correo electrónico, emailadres, adresse électronique, e mail adresse"
    ),
    ".email.work": (
        "work email, business email, email work, office email, professional email, zakelijke email, email "
        "zakelijk, werk email, email professionnel, courriel professionnel, email profissional, email "
        "comercial, email de trabalho"
    ),
    ".email.home": (
        "home email, private email, personal email, email home, email private, privé email, email privé, "
        "courriel personnel, email personnel, email pessoal, email particular"
    ),
    ".email.other": (
        "other email, another email, alternative email, alternate email, secondary email, email other, "
        "second email, ander email, tweede email, autre email, autre courriel, email secondaire, outro "
        "email, email alternativo"
    ),
    ".phone": (
        "phone, phone number, telephone, telephone number, tel, main phone, primary phone, phone main, "
        "telefoon, telefoonnummer, tel nr, téléphone, numéro de téléphone, tél, telefone, número de "
        "telefone, telefon, teléfono, telefono"
    ),
    ".phone.work": (
        "work phone, business phone, office phone, phone work, phone office, company main phone, work, "
        "telefoon werk, telefoon zakelijk, zakelijke telefoon, téléphone professionnel, téléphone bureau, "
        "tél bureau, telefone comercial, telefone do trabalho, telefone profissional"
    ),
    ".phone.mobile": (
        "mobile, mobile phone, mobile number, mobile phone number, cell, cell phone, cellphone, cellular, "
        "phone mobile, gsm, mobiel, mobiele telefoon, mobiel nummer, telefoon mobiel, portable, téléphone "
        "portable, tél portable, mobile perso, telemóvel, celular, telefone celular, handy, móvil, "
        "cellulare"
    ),
    ".phone.home": (
        "home phone, private phone, phone home, phone private, telefoon privé, telefoon thuis, téléphone "
        "domicile, téléphone personnel, telefone residencial, telefone de casa, telefone particular"
    ),
    ".phone.fax": (
        "fax, fax number, business fax, phone fax, faxnummer, télécopie, numéro de fax, télécopieur"
    ),
    ".phone.other": (
        "other phone, another phone, alternative phone, phone other, secondary phone, ander telefoonnummer, "
        "autre téléphone, outro telefone"
    ),
    ".currency": (
        "currency, currency code, currency of value, currency iso code, valuta, munt, devise, monnaie, "
        "moeda, divisa, währung"
    ),
    ".pipeline": "pipeline, sales pipeline, pijplijn, funil, entonnoir",
}

# What other systems call our objects: "Account Name" of a contact is its company.
OBJECTS: dict[str, str] = {
    "company": (
        "company, organisation, organization, account, business, customer, client, employer, bedrijf, "
        "organisatie, klant, werkgever, relatie, société, entreprise, compte, client, organisation, "
        "employeur, empresa, organização, conta, cliente, entidade, firma, unternehmen, associated company, "
        "current employer, customer account"
    ),
    "contact": (
        "contact, person, contact person, individual, people, constituent, contactpersoon, persoon, "
        "personne, contacto, contato, pessoa"
    ),
    "deal": (
        "deal, opportunity, sale, kans, verkoopkans, opportunité, affaire, negócio, oportunidade, venda"
    ),
    "lead": "lead, prospect, enquiry, piste, potencial cliente",
    "product": "product, article, item, artikel, produit, article, produto, artigo, produkt",
    "task": "task, to do, taak, tâche, tarefa",
    "call": "call, gesprek, appel, chamada",
    "meeting": "meeting, event, appointment, afspraak, réunion, rendez vous, reunião, compromisso",
    "note": "note, notitie, nota",
}

# Other spellings of choices: key of an option → what other systems and people write.
CHOICES: dict[str, str] = {
    "mr": "mr, mister, sir, dhr, de heer, heer, m, monsieur, sr, senhor, herr",
    "ms": (
        "ms, mrs, miss, mevr, mevrouw, mw, mme, madame, mlle, mademoiselle, sra, srta, senhora, dona, frau"
    ),
    "dr": "dr, doctor, docteur, doutor, dra",
    "prof": "prof, professor, professeur",
    "web": "web, website, internet, online, web site, site web",
    "referral": "referral, word of mouth, employee referral, external referral",
    "call": "call, cold call, phone, telephone",
    "event": "event, trade show, conference, seminar, beurs",
    "normal": "normal, medium, average",
    "high": "high, hot",
    "low": "low, cold",
    "customer": "customer, client, klant, cliente",
    "nl": "nl, nederlands, dutch, nld, dut",
    "en": "en, english, eng, engels, anglais",
    "fr": "fr, français, french, frans, fra, fre",
    "de": "de, deutsch, german, deu, ger",
    "pt": "pt, português, portuguese, portugees, por",
    "es": "es, español, spanish, spa",
    "it": "it, italiano, italian, ita",
}

# Words that may stand before a name without changing what it means, and after it.
BEFORE = "primary, main, default, personal, my, the, address, email, phone, website"
AFTER = "value, address, name, number, text, code, iso2, nr, no, username, combined, 1"
# Words that make a column somebody else's or something else's: never guessed from a part of the name.
OTHERS = (
    "mother mum mom dad father son daughter sister brother spouse husband wife partner child parent "
    "family emergency assistant manager referral referred billing shipping invoice delivery postal type "
    "types label middle suffix custom nickname moeder vader zus broer echtgenoot assistent factuur "
    "bezorg mère père soeur frère conjoint assistant facturation livraison mãe pai irmã irmão cônjuge "
    "assistente faturamento faturação entrega ext extension count total nb created modified updated "
    "changed date time yomi phonetic default lifetime related not opt valid validity linked signature "
    "im skype twitter facebook linkedin google instagram tax fiscal team"
)
