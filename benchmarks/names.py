"""Release names made up for measuring: always the same ones, no two alike."""

from __future__ import annotations

from random import Random

_ADJECTIVES = ("Silent", "Broken", "Golden", "Last", "Hidden", "Crimson", "Paper", "Northern", "Second", "Glass")
_NOUNS = ("Harbor", "Winter", "Letters", "Engine", "Orchard", "Signal", "River", "Kingdom", "Mirror", "Station")
_ENDINGS = ("", "", "", ".Part.II", ".Rising", ".of.the.Sea", ".and.the.Fox", ".2049", ".A.Love.Story", ".Returns")
_MARKS = ("", "", "", "", ".PROPER", ".REPACK", ".EXTENDED", ".Directors.Cut", ".REMASTERED", ".GERMAN", ".MULTI")
_PICTURES = (
    "1080p.WEB-DL.DDP5.1.H.264", "2160p.UHD.BluRay.REMUX.DV.HDR.HEVC.TrueHD.7.1.Atmos", "720p.BluRay.x264",
    "1080p.BluRay.DTS-HD.MA.5.1.x264", "2160p.AMZN.WEB-DL.DDP5.1.HDR10Plus.H.265", "DVDRip.XviD", "720p.HDTV.x264",
    "1080p.NF.WEBRip.DD5.1.x264", "BDRip.1080p.10bit.HEVC.AAC", "HDCAM.x264", "1080p.AVC.Blu-ray.DTS-HD.MA",
)  # fmt: skip
_GROUPS = ("TIDE", "DOCK", "SPARKS", "FraMeSToR", "NTb", "FLUX", "CtrlHD", "RARBG", "YIFY", "d3g")


def make_titles(count: int, *, seed: int = 1) -> list[str]:
    """Names of as many films."""
    random = Random(seed)
    return [f"The.{random.choice(_ADJECTIVES)}.{random.choice(_NOUNS)}{random.choice(_ENDINGS)}" for _ in range(count)]


def make_names(count: int, *, seed: int = 1, title: str | None = None, year: int | None = None) -> list[str]:
    """That many different release names; of one film when its title and year are given."""
    random = Random(seed)
    names: dict[str, None] = {}
    while len(names) < count:
        film = title or make_titles(1, seed=random.randrange(10**9))[0]
        when = year or random.randrange(1950, 2025)
        mark, picture, group = random.choice(_MARKS), random.choice(_PICTURES), random.choice(_GROUPS)
        # Group names end the supply of different names of one film before the count is reached.
        number = f"{random.randrange(1000)}" if title else ""
        names[f"{film}.{when}{mark}.{picture}-{group}{number}"] = None
    return list(names)
