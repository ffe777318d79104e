"""Words that stand where a group stands and name none, and the names one group goes by: data, not code."""

from __future__ import annotations

from collections.abc import Mapping

_FLAGS = "internal exclusive int freeleech"
_ABSENT = "unknown none nogrp nogroup no-group no-grp no_group no_grp norg n/a na null nil anonymous unk"
_FIXES = "repack repack2 repack3 proper rerip real read.nfo nfofix"
_CODECS = (
    "x264 x265 x266 h264 h265 h266 h.264 h.265 h.266 264 265 avc hevc vvc vc1 vc-1 av1 vp9 xvid divx mpeg2 mpeg-2 "
    "mpeg4 mpeg 10bit 8bit"
)
_SOUNDS = (
    "aac aac2.0 aac5.1 ac3 eac3 dd dd5.1 dd2.0 ddp ddp5.1 ddp2.0 dts dts-hd dts-x dtshd ma hd-ma hra truehd atmos flac "
    "opus mp3 pcm lpcm 2.0 5.1 7.1"
)
_SOURCES = (
    "dl rip web web-dl webdl webrip web-rip bluray blu-ray bdrip brrip bdremux remux uhd hdtv hdrip dvdrip dvd dvdscr "
    "dvd5 dvd9 r5 cam hdcam ts hdts tc telesync telecine screener scr workprint amzn nf dsnp hmax atvp pcok hulu"
)
_PICTURES = (
    "hd sd fhd 4k 8k 480p 576p 720p 1080p 1080i 2160p 4320p 3d hdr hdr10 hdr10+ hdr10plus dv dovi dolby vision sdr hlg"
)
_EDITIONS = (
    "imax extended uncut unrated remastered theatrical criterion limited edition directors.cut open.matte hybrid"
)
_REST = "x mkv mp4 avi m2ts iso torrent nzb sample multi dual dubbed subbed complete english"

NOT_GROUPS = frozenset(
    word
    for words in (_FLAGS, _ABSENT, _FIXES, _CODECS, _SOUNDS, _SOURCES, _PICTURES, _EDITIONS, _REST)
    for word in words.split()
)
"""Flags, failures of a parser, and tags of a release, in small letters."""

REPOST_SUFFIXES = (
    "-asrequested", "-alternativetorequested", "-buymore", "-chamele0n", "-gerov", "-nzbgeek", "-obfuscated",
    "-obfuscation", "-postbot", "-rakuv", "-repackpost", "-scrambled", "-whiterev", "-xpost", "-z0ids3n",
)  # fmt: skip
"""What those who post again hang behind the name of the group."""

KNOWN_ALIASES: Mapping[str, str] = {
    "PAXA": "APEX",
    "PEXA": "APEX",
    "XEPA": "APEX",
    "4KBEC": "XEBEC",
    "CEBEX": "XEBEC",
}
"""Other names of a group, as the TRaSH guides list them."""
