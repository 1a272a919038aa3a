"""Portuguese words of the demonstration company."""

from aperto.crm.demo.vocabulary import Place, Vocabulary

WORDS = Vocabulary(
    organisation="Comércio do Norte",
    country="PT",
    first_names=(
        "Inês", "Paulo", "Beatriz", "Rui", "Joana", "Tiago", "Mariana", "João", "Catarina", "Nuno", "Sofia", "Diogo",
        "Leonor", "Miguel", "Rita", "André", "Carolina", "Vasco", "Helena", "Gonçalo", "Teresa", "Luís", "Fátima", "Bruno",
    ),
    last_names=(
        "Duarte", "Nogueira", "Sá", "Teixeira", "Ferreira", "da Silva", "Pereira", "dos Santos", "Carvalho", "Moreira",
        "Gonçalves", "Correia", "Pinto", "Magalhães", "de Almeida", "Cardoso", "Monteiro", "Brandão", "Rocha", "Araújo",
        "Figueiredo", "Leite", "Azevedo", "Simões",
    ),
    company_starts=(
        "Transportes", "Porto Seco", "Lacticínios", "Metalúrgica", "Vinhos", "Cerâmica", "Moinhos", "Construções",
        "Conservas", "Tecidos", "Quinta", "Gráfica", "Farmácia", "Armazéns", "Pescas",
    ),
    company_ends=("Alvorada", "Norte", "do Vale", "Lusitana", "Atlântico", "da Serra", "do Douro", "Boavista"),
    streets=("Rua da Estação", "Avenida da Liberdade", "Rua do Moinho", "Cais da Ribeira", "Rua das Flores", "Largo da Sé"),
    places=(
        Place("Porto", "4000-001", "PT", "+35122555"), Place("Lisboa", "1100-001", "PT", "+35121555"),
        Place("Braga", "4700-001", "PT", "+35125355"), Place("Coimbra", "3000-001", "PT", "+35123955"),
        Place("Faro", "8000-001", "PT", "+35128955"), Place("Aveiro", "3800-001", "PT", "+35123455"),
    ),
    job_titles=(
        "Diretora de operações", "Comprador", "Diretor-geral", "Gestor de fábrica", "Diretora financeira",
        "Gestora de escritório", "Engenheiro-chefe", "Diretora de qualidade", "Gestor de logística", "Chefe de projeto",
    ),
    offers=(
        "Robôs de armazém", "Assistência anual", "Telemática da frota", "Sensores da cadeia de frio",
        "Renovação da linha de embalagem", "Licenças da plataforma", "Aluguer de empilhadores", "Programa de formação",
        "Auditoria energética", "Visita técnica", "Contrato de peças", "Equipamento de laboratório",
    ),
    details=("fase 2", "piloto", "renovação", "14 lojas", "extensão", "contrato-quadro"),
    interests=("Preços dos sensores", "Uma demonstração", "Condições de aluguer", "Prazos de entrega", "Uma visita"),
    tasks=(
        "Enviar a proposta revista", "Confirmar o stock", "Preparar o contrato", "Pedir a nota de encomenda",
        "Enviar referências", "Marcar a visita técnica", "Ligar por causa da entrega", "Atualizar os preços",
    ),
    meetings=("Visita às instalações", "Revisão trimestral", "Demonstração", "Negociação do contrato", "Arranque"),
    calls=(
        "Entrega combinada. A proposta revista tem de chegar antes da reunião de quinta-feira.",
        "Duas perguntas do controlador sobre a manutenção. Pode passar a um valor anual?",
        "Satisfeito com o piloto. A segunda loja deve seguir na primavera.",
        "Já saiu; tentar amanhã antes das dez.",
        "O orçamento está aprovado. O jurídico ainda lê as condições.",
        "Compara-nos com outro fornecedor; o preço não é o primeiro critério.",
    ),
    notes=(
        "Prefere chamadas depois das quatro.",
        "Decide com a diretora financeira.",
        "As máquinas antigas ficam amortizadas no fim do próximo ano.",
        "Conhecido na feira; interesse no aluguer.",
        "As faturas vão para a sede, não para a loja.",
    ),
    next_steps=("Enviar a proposta", "Marcar a visita", "Esperar pelo jurídico", "Ligar ao comprador", "Confirmar a data"),
    products=(
        ("Robô de armazém R2", "ROB-2", 18400, "peça"), ("Sensor de frio", "SEN-C", 145, "peça"),
        ("Unidade telemática", "TEL-1", 320, "peça"), ("Assistência padrão", "SUP-S", 240, "mês"),
        ("Assistência dia e noite", "SUP-24", 690, "mês"), ("Dia de instalação", "INST-1", 850, "dia"),
        ("Formação no local", "TRN-1", 1200, "dia"), ("Auditoria energética", "AUD-E", 2450, "peça"),
    ),
    teams=("Norte", "Sul", "Assistência"),
)  # fmt: skip
