"""Lei 13.709/2018: Brazil's general law on the protection of personal data."""

from policies.controls.control import Control, catalogue

CONTROLS: dict[str, Control] = catalogue(
    "LGPD",
    {
        "LGPD 6 III": (
            "Only the data that a purpose needs is processed (necessity)",
            "Só se tratam os dados necessários à finalidade (necessidade)",
        ),
        "LGPD 12": (
            "Data is anonymous only if it cannot reasonably be traced back to anybody",
            "Só é anônimo o dado que não se pode, com esforço razoável, ligar a alguém",
        ),
        "LGPD 33": (
            "Personal data leaves Brazil only in the cases and under the safeguards that the law names",
            "Dados pessoais só saem do Brasil nos casos, países ou garantias que a lei nomeia",
        ),
        "LGPD 37": (
            "Controller and processor keep a record of what they do with personal data",
            "Controlador e operador mantêm registro das operações de tratamento de dados pessoais",
        ),
        "LGPD 46": (
            "Technical and administrative measures guard personal data against access, loss and change",
            "Medidas técnicas e administrativas protegem os dados contra acesso, perda e alteração indevidos",
        ),
        "LGPD 48": (
            "An incident that may harm people is told to the authority and to them, in time",
            "Incidente que possa causar dano relevante é comunicado a tempo à autoridade e aos titulares",
        ),
    },
)
