"""45 CFR part 164: the security and privacy rules of the United States for health data."""

from policies.controls.control import Control, catalogue

CONTROLS: dict[str, Control] = catalogue(
    "HIPAA",
    {
        "HIPAA 164.308(a)(1)(ii)(A)": (
            "Risk analysis: know which health data there is and what threatens it",
            "Análise de risco: saber que dados de saúde existem e o que os ameaça",
        ),
        "HIPAA 164.308(a)(1)(ii)(B)": (
            "Risk management: reduce risks to a reasonable level",
            "Gestão de risco: reduzir os riscos a um nível razoável",
        ),
        "HIPAA 164.308(a)(1)(ii)(D)": (
            "Activity review: look regularly at logs and reports of incidents",
            "Revisão de atividade: examinar regularmente logs e relatos de incidentes",
        ),
        "HIPAA 164.308(a)(4)": (
            "Information access management: who may have which access, by policy",
            "Gestão de acesso: quem pode ter qual acesso, por política",
        ),
        "HIPAA 164.308(a)(5)(ii)(B)": (
            "Protection from malicious software",
            "Proteção contra software malicioso",
        ),
        "HIPAA 164.308(a)(5)(ii)(C)": (
            "Log-in monitoring: watch who logs in, and who fails to",
            "Monitoramento de entradas: observar quem entra e quem não consegue",
        ),
        "HIPAA 164.308(a)(5)(ii)(D)": (
            "Password management: how secrets are made, changed and guarded",
            "Gestão de senhas: como os segredos são criados, trocados e guardados",
        ),
        "HIPAA 164.308(a)(6)(ii)": (
            "Response and reporting: answer incidents and write them down",
            "Resposta e relato: responder a incidentes e documentá-los",
        ),
        "HIPAA 164.308(a)(7)": (
            "Contingency plan: what to do when systems with health data fail",
            "Plano de contingência: o que fazer quando falham sistemas com dados de saúde",
        ),
        "HIPAA 164.308(a)(7)(ii)(A)": (
            "Data backup plan: exact copies that can be had back",
            "Plano de cópias: cópias exatas que se podem recuperar",
        ),
        "HIPAA 164.308(a)(7)(ii)(B)": (
            "Disaster recovery plan: restore whatever data is lost",
            "Plano de recuperação de desastres: restaurar os dados perdidos",
        ),
        "HIPAA 164.308(a)(7)(ii)(C)": (
            "Emergency mode: critical work goes on while systems fail",
            "Modo de emergência: o trabalho crítico continua enquanto sistemas falham",
        ),
        "HIPAA 164.310(d)(2)(iv)": (
            "Data backup and storage: a copy before equipment goes",
            "Cópia e armazenamento: uma cópia antes de mover o equipamento",
        ),
        "HIPAA 164.312(a)(1)": (
            "Access control: only persons and programs with granted rights get in",
            "Controle de acesso: só entram pessoas e programas com direitos concedidos",
        ),
        "HIPAA 164.312(a)(2)(i)": (
            "Unique identification: every user can be told apart and traced",
            "Identificação única: cada usuário é distinto e rastreável",
        ),
        "HIPAA 164.312(a)(2)(iv)": (
            "Encryption and decryption of stored health data",
            "Criptografia dos dados de saúde armazenados",
        ),
        "HIPAA 164.312(b)": (
            "Audit controls: record and examine what happens in the systems",
            "Controles de auditoria: registrar e examinar o que ocorre nos sistemas",
        ),
        "HIPAA 164.312(c)(1)": (
            "Integrity: health data is not wrongly altered or destroyed",
            "Integridade: dados de saúde não são alterados nem destruídos indevidamente",
        ),
        "HIPAA 164.312(d)": (
            "Authentication: whoever asks for access is who they claim to be",
            "Autenticação: quem pede acesso é quem diz ser",
        ),
        "HIPAA 164.312(e)(1)": (
            "Transmission security: nobody else reads health data on the network",
            "Segurança na transmissão: ninguém mais lê dados de saúde na rede",
        ),
        "HIPAA 164.312(e)(2)(ii)": (
            "Encryption of health data on the network",
            "Criptografia dos dados de saúde na rede",
        ),
        "HIPAA 164.316(b)(2)(i)": (
            "Documentation is kept for six years",
            "A documentação é guardada por seis anos",
        ),
        "HIPAA 164.514(a)": (
            "De-identified health data does not tell who it is about",
            "Dados de saúde desidentificados não revelam de quem tratam",
        ),
    },
)
