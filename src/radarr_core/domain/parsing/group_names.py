"""Release groups that no rule of position finds, as data: the field's two lists of exceptions and the re-posters."""

from __future__ import annotations

from .lexicon_words import words_of

# Found wherever they stand as a word.
EXACT = (
    "KRaLiMaRKo", "E.N.D", "D-Z0N3", "Koten_Gars", "BluDragon", "ZØNEHD", "HQMUX", "VARYG", "YIFY", "YTS", "YTS.MX",
    "YTS.LT", "YTS.AG", "TMd", "Eml HDTeam", "LMain", "DarQ", "BEN THE MEN", "TAoE", "QxR", "126811", "Hive-CM8",
)  # fmt: skip

# Found only where a closing bracket follows directly.
BEFORE_BRACKET = (
    "Silence", "afm72", "Panda", "Ghost", "MONOLITH", "Tigole", "Joy", "ImE", "UTR", "t3nzin", "Anime Time",
    "Project Angel", "Hakata Ramen", "HONE", "Vyndros", "SEV", "Garshasp", "Kappa", "Natty", "RCVR", "SAMPA", "YOGI",
    "r00t", "EDGE2020", "RZeroX", "FreetheFish", "Anna", "Bandi", "Qman", "theincognito", "HDO", "DusIctv", "DHD",
    "CtrlHD", "-ZR-", "ADC", "XZVN", "RH", "Kametsu",
)  # fmt: skip

# What re-posters hang behind the group, each with its own hyphen.
REPOSTERS = frozenset(
    words_of(
        "rp 1 nzbgeek obfuscated obfuscation scrambled sample pre postbot xpost whiterev buymore asrequested "
        "alternativetorequested gerov z0ids3n chamele0n 4p 4planet altezachen repackpost"
    )
)
REPOSTER_PREFIX = "rakuv"
