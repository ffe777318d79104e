"""The words of release names and what they say."""

from __future__ import annotations

from collections.abc import Mapping

from radarr_core.domain.languages import Language, find_language
from radarr_core.domain.quality import Modifier, Source
from radarr_core.domain.releases import AudioCodec, HdrFormat, Mark, VideoCodec

SOURCES: Mapping[str, Source] = {
    "bluray": Source.BLURAY, "blu-ray": Source.BLURAY, "bdrip": Source.BLURAY, "brrip": Source.BLURAY,
    "bd": Source.BLURAY, "bdmux": Source.BLURAY, "uhdbd": Source.BLURAY, "remux": Source.BLURAY,
    "web-dl": Source.WEBDL, "webdl": Source.WEBDL, "web": Source.WEBDL, "webrip": Source.WEBRIP,
    "web-rip": Source.WEBRIP, "hdtv": Source.TV, "pdtv": Source.TV, "dsr": Source.TV, "tvrip": Source.TV,
    "dvdrip": Source.DVD, "dvd": Source.DVD, "dvdscr": Source.DVD, "dvd-r": Source.DVD, "dvdr": Source.DVD,
    "cam": Source.CAM, "camrip": Source.CAM, "hdcam": Source.CAM, "hqcam": Source.CAM, "ts": Source.TELESYNC,
    "telesync": Source.TELESYNC, "hdts": Source.TELESYNC, "tc": Source.TELECINE, "telecine": Source.TELECINE,
    "hdtc": Source.TELECINE, "workprint": Source.WORKPRINT, "wp": Source.WORKPRINT,
}  # fmt: skip
# These are words of titles as well: they count only after the year or beside another mark.
AMBIGUOUS_SOURCES = frozenset({"cam", "ts", "tc", "wp", "web", "bd", "dvd", "workprint"})

RESOLUTIONS: Mapping[str, int] = {
    "480p": 480, "480i": 480, "576p": 576, "576i": 576, "720p": 720, "1080p": 1080, "1080i": 1080, "2160p": 2160,
    "4k": 2160, "uhd": 2160,
}  # fmt: skip
MODIFIERS: Mapping[str, Modifier] = {
    "remux": Modifier.REMUX, "dvdscr": Modifier.SCREENER, "screener": Modifier.SCREENER, "scr": Modifier.SCREENER,
    "r5": Modifier.REGIONAL, "bdmv": Modifier.BRDISK, "dvdr": Modifier.REMUX, "dvd-r": Modifier.REMUX,
}  # fmt: skip
VIDEO_CODECS: Mapping[str, VideoCodec] = {
    "x264": VideoCodec.H264, "h264": VideoCodec.H264, "avc": VideoCodec.H264, "x265": VideoCodec.H265,
    "h265": VideoCodec.H265, "hevc": VideoCodec.H265, "av1": VideoCodec.AV1, "xvid": VideoCodec.XVID,
    "divx": VideoCodec.DIVX, "vc-1": VideoCodec.VC1, "vc1": VideoCodec.VC1,
}  # fmt: skip
AUDIO_CODECS: Mapping[str, AudioCodec] = {
    "dts": AudioCodec.DTS, "dts-hd": AudioCodec.DTS_HD, "truehd": AudioCodec.TRUEHD, "aac": AudioCodec.AAC,
    "ac3": AudioCodec.AC3, "dd": AudioCodec.AC3, "ddp": AudioCodec.EAC3, "eac3": AudioCodec.EAC3,
    "flac": AudioCodec.FLAC, "opus": AudioCodec.OPUS, "mp3": AudioCodec.MP3,
}  # fmt: skip
HDR_FORMATS: Mapping[str, HdrFormat] = {
    "hdr": HdrFormat.HDR, "hdr10": HdrFormat.HDR10, "hdr10plus": HdrFormat.HDR10_PLUS, "dv": HdrFormat.DOLBY_VISION,
    "dovi": HdrFormat.DOLBY_VISION, "hlg": HdrFormat.HLG,
}  # fmt: skip
MARKS: Mapping[str, Mark] = {
    "proper": Mark.PROPER, "repack": Mark.REPACK, "rerip": Mark.REPACK, "real": Mark.REAL, "internal": Mark.INTERNAL,
    "hybrid": Mark.HYBRID, "remux": Mark.REMUX, "limited": Mark.LIMITED, "dubbed": Mark.DUBBED, "sample": Mark.SAMPLE,
}  # fmt: skip
CONTAINERS = frozenset({"mkv", "mp4", "avi", "m2ts", "ts", "wmv", "mov", "iso", "webm", "mpg", "vob"})


def _languages(*names: str) -> Mapping[str, Language]:
    found = {name.lower(): find_language(name) for name in names}
    return {name: language for name, language in found.items() if language is not None}


LANGUAGE_WORDS = _languages(
    "English", "French", "German", "Spanish", "Italian", "Danish", "Dutch", "Japanese", "Russian", "Polish",
    "Swedish", "Norwegian", "Finnish", "Turkish", "Portuguese", "Korean", "Hindi", "Hungarian", "Czech",
)  # fmt: skip
