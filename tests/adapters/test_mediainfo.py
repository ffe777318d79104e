"""The probe by libmediainfo, beyond its port's contract: real files of every kind, and reports nobody should trust."""

import asyncio
import errno
import json
import os
import struct
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radarr_adapters.media_probes.mediainfo import client, plugin
from radarr_adapters.media_probes.mediainfo.client import MediaInfoProbe
from radarr_adapters.media_probes.mediainfo.wire import Report, media_info_from_report, read_report
from radarr_core.domain.releases import HdrFormat, MediaInfo
from radarr_core.errors import (
    ConfigurationError,
    FileSystemError,
    MissingExtraError,
    PathMissingError,
    ServiceUnavailableError,
    UnreadableMediaError,
)
from radarr_core.plugins import AdapterContext, PortKind, build_registry
from radarr_core.testing.fakes.clock import ManualClock
from tests.media import Sound, make_video


@pytest.fixture
def probe() -> MediaInfoProbe:
    """The probe under test."""
    return MediaInfoProbe()


def create(settings: dict[str, object]) -> Any:
    """The adapter as a configuration makes it."""
    registry = build_registry([("test", plugin)])
    context = AdapterContext(name="my-probe", clock=ManualClock())
    return registry.create(PortKind.MEDIA_PROBE, "mediainfo", settings, context, where="probe", environ={})


async def test_is_made_from_configuration() -> None:
    """It has its configured name, and says which library works."""
    made = create({"deadline_seconds": 5})
    assert made.name == "my-probe"
    assert "MediaInfoLib" in await made.check()


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_refuses_a_deadline_nobody_could_meet(seconds: float) -> None:
    """A deadline is a number above 0; the error names the setting's table."""
    with pytest.raises(ConfigurationError, match=r"probe.*deadline_seconds"):
        create({"deadline_seconds": seconds})


# Real files.


@pytest.mark.parametrize(
    ("suffix", "container"), [(".mkv", "Matroska"), (".mp4", "MPEG-4"), (".ts", "MPEG-TS"), (".mov", "MPEG-4")]
)
async def test_reads_containers(probe: MediaInfoProbe, tmp_path: Path, suffix: str, container: str) -> None:
    """The same streams are found in whatever they are packed."""
    info = await probe.probe(make_video(tmp_path / f"film{suffix}"))
    assert info.container == container
    assert info.video.codec == "H.264"
    assert (info.video.width, info.video.height, info.video.bit_depth) == (320, 180, 8)
    # A transport stream as short as this one does not tell its rate.
    assert info.video.frame_rate == (None if suffix == ".ts" else pytest.approx(24.0))
    assert info.duration == pytest.approx(2.0, abs=0.1)
    assert [(track.codec, track.channels) for track in info.audio] == [("AAC", "2.0")]
    assert info.video.hdr == ()


@pytest.mark.parametrize(
    ("coder", "codec"),
    [
        ("libx264", "H.264"),
        ("libx265", "H.265"),
        ("libvpx-vp9", "VP9"),
        ("libsvtav1", "AV1"),
        ("mpeg2video", "MPEG-2"),
        ("mpeg4", "MPEG-4"),
    ],
)
async def test_names_the_picture_s_codec(probe: MediaInfoProbe, tmp_path: Path, coder: str, codec: str) -> None:
    """Codecs have the names a release's claim has, so that claim and proof can be compared."""
    options = {"x265-params": "log-level=none"} if coder == "libx265" else {}
    path = make_video(tmp_path / "film.mkv", codec=coder, seconds=0.5, options=options)
    assert (await probe.probe(path)).video.codec == codec


@pytest.mark.parametrize(
    ("coder", "layout", "codec", "channels"),
    [
        ("aac", "5.1", "AAC", "5.1"),
        ("ac3", "5.1", "AC3", "5.1"),
        ("eac3", "5.1", "EAC3", "5.1"),
        ("flac", "7.1", "FLAC", "7.1"),
        ("libopus", "5.1", "Opus", "5.1"),
        ("libmp3lame", "stereo", "MP3", "2.0"),
        ("mp2", "mono", "MP2", "1.0"),
        ("pcm_s16le", "7.1", "PCM", "7.1"),
        ("alac", "stereo", "ALAC", "2.0"),
        ("eac3", "mono", "EAC3", "1.0"),
    ],
)
async def test_names_the_sound(
    probe: MediaInfoProbe, tmp_path: Path, coder: str, layout: str, codec: str, channels: str
) -> None:
    """Codec and channels of a track are told as releases claim them."""
    path = make_video(tmp_path / "film.mkv", seconds=0.5, sounds=(Sound("eng", layout, coder),))
    info = await probe.probe(path)
    assert [(track.codec, track.channels, track.language) for track in info.audio] == [(codec, channels, "en")]


async def test_tells_every_track(probe: MediaInfoProbe, tmp_path: Path) -> None:
    """Tracks come in file order, each with its language or without one."""
    sounds = (Sound("eng", "5.1", "ac3"), Sound("ger"), Sound(None, "mono"), Sound("und"))
    path = make_video(tmp_path / "film.mkv", sounds=sounds, subtitles=("fre", "und", "spa"))
    info = await probe.probe(path)
    assert [(track.codec, track.channels, track.language) for track in info.audio] == [
        ("AC3", "5.1", "en"),
        ("AAC", "2.0", "de"),
        ("AAC", "1.0", None),
        ("AAC", "2.0", None),
    ]
    assert info.subtitle_languages == ("fr", "es")


async def test_a_film_without_sound_is_a_film(probe: MediaInfoProbe, tmp_path: Path) -> None:
    """Silent films have a picture and that is enough."""
    assert (await probe.probe(make_video(tmp_path / "film.mkv", sounds=()))).audio == ()


BT2020 = "log-level=none:colorprim=bt2020:colormatrix=bt2020nc:transfer"
HDR10 = (
    f"{BT2020}=smpte2084:hdr10=1:repeat-headers=1:max-cll=1000,400:"
    "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)"
)


def make_hevc(path: Path, parameters: str, pixels: str = "yuv420p10le") -> Path:
    """A short HEVC video with those parameters of the coder."""
    options = {"preset": "ultrafast", "x265-params": parameters}
    if path.suffix == ".mp4":
        return make_video(path, codec="libx265", pixels=pixels, options=options, seconds=0.5, sounds=(), tag="hvc1")
    return make_video(path, codec="libx265", pixels=pixels, options=options, seconds=0.5)


@pytest.mark.parametrize(
    ("parameters", "hdr"),
    [
        (HDR10, (HdrFormat.HDR10,)),
        (f"{BT2020}=smpte2084", (HdrFormat.PQ,)),
        (f"{BT2020}=arib-std-b67", (HdrFormat.HLG,)),
        ("log-level=none:colorprim=bt709:transfer=bt709:colormatrix=bt709", ()),
    ],
)
async def test_tells_the_range(
    probe: MediaInfoProbe, tmp_path: Path, parameters: str, hdr: tuple[HdrFormat, ...]
) -> None:
    """The range is what the stream says of itself, in ten bits."""
    info = await probe.probe(make_hevc(tmp_path / "film.mkv", parameters))
    assert info.video.hdr == hdr
    assert info.video.bit_depth == 10


async def test_eight_bits_are_no_high_range(probe: MediaInfoProbe, tmp_path: Path) -> None:
    """A picture of eight bits is of the standard range, whatever it is labelled."""
    info = await probe.probe(make_hevc(tmp_path / "film.mkv", f"{BT2020}=smpte2084", pixels="yuv420p"))
    assert info.video.bit_depth == 8
    assert info.video.hdr == ()


def add_dolby_vision(path: Path, *, profile: int, compatibility: int) -> Path:
    """Put a Dolby Vision record at the end of the sample entry of an mp4 whose index stands at its end."""
    raw = bytearray(path.read_bytes())
    body = struct.pack(">BBHI", 1, 0, (profile << 9) | (6 << 3) | 0b101, compatibility << 28) + bytes(16)
    box = struct.pack(">I4s", 32, b"dvvC" if profile > 7 else b"dvcC") + body
    entry = raw.index(b"hvc1", raw.index(b"stsd")) - 4
    end = entry + struct.unpack_from(">I", raw, entry)[0]
    for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"hvc1"):
        place = raw.rindex(name, 0, end) - 4 if name != b"hvc1" else entry
        struct.pack_into(">I", raw, place, struct.unpack_from(">I", raw, place)[0] + len(box))
    raw[end:end] = box
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("profile", "compatibility", "parameters", "hdr"),
    [
        (8, 1, HDR10, (HdrFormat.DOLBY_VISION, HdrFormat.HDR10)),
        (8, 4, f"{BT2020}=arib-std-b67", (HdrFormat.DOLBY_VISION, HdrFormat.HLG)),
        (8, 2, f"{BT2020}=smpte2084", (HdrFormat.DOLBY_VISION, HdrFormat.SDR)),
        (5, 0, HDR10, (HdrFormat.DOLBY_VISION,)),
    ],
)
async def test_tells_dolby_vision_and_its_base(
    probe: MediaInfoProbe, tmp_path: Path, profile: int, compatibility: int, parameters: str, hdr: tuple[HdrFormat, ...]
) -> None:
    """Dolby Vision comes with what the picture is without it; profile 5 is nothing without it."""
    path = add_dolby_vision(make_hevc(tmp_path / "film.mp4", parameters), profile=profile, compatibility=compatibility)
    assert (await probe.probe(path)).video.hdr == hdr


# Names.


@pytest.mark.parametrize(
    "name",
    [
        "-rf.mkv",
        "--help",
        "a\nb.mkv",
        "http:",
        "%s%n.mkv",
        "film.m3u8",
        "no-extension",
        "\udcff\udcfe.mkv",
        "Ünï 東京.mkv",
        "*.mkv",
        "a" * 255,
    ],
)
async def test_a_name_is_only_a_name(probe: MediaInfoProbe, tmp_path: Path, name: str) -> None:
    """No name is taken for an option, a pattern, a playlist or an encoding."""
    info = await probe.probe(make_video(tmp_path / name, suffix=".mkv"))
    assert info.video.width == 320


async def test_a_name_is_never_taken_for_an_address(
    probe: MediaInfoProbe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks like an address is a path below the working folder, and missing when there is none."""
    monkeypatch.chdir(tmp_path)
    for address in ("file:///etc/passwd", "http://127.0.0.1:9/film.mkv", "ftp://x/y"):
        with pytest.raises(PathMissingError):
            await probe.probe(Path(address))
        # The same text with single slashes is what a path makes of it.
        make_video(tmp_path / address.replace("//", "/").lstrip("/"), suffix=".mkv")
        assert (await probe.probe(Path(address))).video.width == 320


async def test_a_cover_is_not_the_picture(tmp_path: Path) -> None:
    """A still in front of the film is passed over."""
    report = read_report(
        json.dumps(
            {
                "media": {
                    "track": [
                        {"@type": "General", "Format": "Matroska"},
                        {"@type": "Video", "Format": "JPEG", "Width": "600", "Height": "900"},
                        {"@type": "Video", "Format": "AVC", "Width": "1920", "Height": "1080"},
                    ]
                }
            }
        )
    )
    assert media_info_from_report(report, "film", adapter="x").video.width == 1920


# What goes wrong.


@pytest.mark.parametrize("suffix", [".mkv", ".mp4", ".webm"])
@pytest.mark.parametrize("part", [0.95, 0.5, 0.02])
async def test_a_file_cut_short_is_refused(probe: MediaInfoProbe, tmp_path: Path, suffix: str, part: float) -> None:
    """However much of it is missing, a film that says itself that it is longer is not taken for whole."""
    if suffix == ".webm":
        path = make_video(tmp_path / "film.webm", codec="libvpx-vp9", sounds=(Sound(None, "stereo", "libopus"),))
    else:
        path = make_video(tmp_path / f"film{suffix}", seconds=10)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    with pytest.raises(UnreadableMediaError, match=r"cut short|no picture"):
        await probe.probe(path)


async def test_says_why_a_file_is_no_video(probe: MediaInfoProbe, tmp_path: Path) -> None:
    """The reason is told, so that a person need not look into the file."""
    (tmp_path / "text.mkv").write_text("x")
    for path, reason in (
        (make_video(tmp_path / "sound.mkv", codec=None), "sound alone"),
        (tmp_path / "text.mkv", "no container format"),
        (tmp_path, "no file"),
    ):
        with pytest.raises(UnreadableMediaError, match=reason):
            await probe.probe(path)


async def test_a_pipe_is_not_waited_for(probe: MediaInfoProbe, tmp_path: Path) -> None:
    """What is no regular file is refused at once."""
    os.mkfifo(tmp_path / "film.mkv")
    with pytest.raises(UnreadableMediaError, match="no file"):
        await asyncio.wait_for(probe.probe(tmp_path / "film.mkv"), 5)


async def test_a_path_that_cannot_be_one_is_missing(probe: MediaInfoProbe, tmp_path: Path) -> None:
    """Python's own errors for impossible paths never come through."""
    for path in (tmp_path / "a\0b", tmp_path / "\ud800", tmp_path / ("x" * 300), Path(__file__) / "below"):
        with pytest.raises(PathMissingError):
            await probe.probe(path)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ELOOP, errno.ESTALE])
async def test_a_failing_disk_is_no_bad_file(
    probe: MediaInfoProbe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """A file that cannot be opened or read is a matter for a person, and not refused for good."""
    path = make_video(tmp_path / "film.mkv")

    def fail(*_: object) -> bytes:
        raise OSError(number, os.strerror(number))

    for name in ("open", "read"):
        with monkeypatch.context() as patch:
            patch.setattr(client.os, name, fail)
            with pytest.raises(FileSystemError, match=r"mediainfo: .*film\.mkv") as caught:
                await probe.probe(path)
        assert type(caught.value) is FileSystemError
        assert isinstance(caught.value.__cause__, OSError)
    assert (await probe.probe(path)).video.width == 320


async def test_a_disk_that_does_not_answer_ends_at_the_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hanging read is given up, and the next file is read once the disk answers again."""
    path = make_video(tmp_path / "film.mkv")
    hanging = threading.Event()
    real = os.read

    def read(descriptor: int, size: int) -> bytes:
        hanging.wait(30)
        return real(descriptor, size)

    monkeypatch.setattr(client.os, "read", read)
    with pytest.raises(ServiceUnavailableError, match=r"film\.mkv.*0\.05 s"):
        await MediaInfoProbe(deadline_seconds=0.05).probe(path)
    hanging.set()
    assert (await MediaInfoProbe(deadline_seconds=30).probe(path)).video.width == 320


async def test_a_cancelled_probe_reads_no_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker is free for the next file as soon as nobody waits for this one."""
    path = make_video(tmp_path / "film.mkv", seconds=20, width=640, height=360)
    begun, reads = asyncio.Event(), []
    loop = asyncio.get_running_loop()
    go_on = threading.Event()
    real = os.read

    def read(descriptor: int, size: int) -> bytes:
        reads.append(size)
        loop.call_soon_threadsafe(begun.set)
        go_on.wait(30)
        return real(descriptor, size)

    monkeypatch.setattr(client.os, "read", read)
    task = asyncio.create_task(MediaInfoProbe().probe(path))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    await MediaInfoProbe().check()
    assert len(reads) == 1


async def test_a_library_that_cannot_be_loaded_names_the_extra(
    probe: MediaInfoProbe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the shared library the error says what to install."""

    def fail(*_: object, **__: object) -> str:
        raise OSError("Failed to load library")

    monkeypatch.setattr(client.Library, "parse", fail)
    with pytest.raises(MissingExtraError, match=r"radarr-core\[mediainfo\]"):
        await probe.check()


async def test_a_report_that_is_no_report_is_a_bad_file(
    probe: MediaInfoProbe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nonsense from the library concerns one file and nothing else."""
    monkeypatch.setattr(client.Library, "parse", lambda *_, **__: "{nonsense")
    with pytest.raises(UnreadableMediaError, match="made sense of"):
        await probe.probe(make_video(tmp_path / "film.mkv"))


# Reports of files that cannot be made here, in the library's own words.


def read(**video: str) -> MediaInfo:
    """What is made of a report with such a picture."""
    track = {"@type": "Video", "Format": "HEVC", "Width": "3840", "Height": "2160", "BitDepth": "10", **video}
    return media_info_from_report(Report(tracks=({"@type": "General"}, track)), "film", adapter="x")


@pytest.mark.parametrize(
    ("formats", "bases", "hdr"),
    [
        ("SMPTE ST 2094 App 4", "HDR10+ Profile B", (HdrFormat.HDR10_PLUS,)),
        ("SMPTE ST 2086 / SMPTE ST 2094 App 4", "HDR10 / HDR10+ Profile A", (HdrFormat.HDR10_PLUS, HdrFormat.HDR10)),
        ("Dolby Vision / SMPTE ST 2086", "HDR10 / HDR10", (HdrFormat.DOLBY_VISION, HdrFormat.HDR10)),
        ("Dolby Vision / SMPTE ST 2086", "Blu-ray / HDR10", (HdrFormat.DOLBY_VISION, HdrFormat.HDR10)),
        ("Dolby Vision / SMPTE ST 2086", " / HDR10", (HdrFormat.DOLBY_VISION,)),
        ("Dolby Vision", "", (HdrFormat.DOLBY_VISION,)),
        (
            "Dolby Vision / SMPTE ST 2094 App 4 / SMPTE ST 2086",
            "HDR10 / HDR10+ Profile B / HDR10",
            (HdrFormat.DOLBY_VISION, HdrFormat.HDR10_PLUS, HdrFormat.HDR10),
        ),
    ],
)
def test_reads_the_library_s_words_for_ranges(formats: str, bases: str, hdr: tuple[HdrFormat, ...]) -> None:
    """Two lists side by side are read as pairs, the richest format first."""
    assert read(HDR_Format=formats, HDR_Format_Compatibility=bases).video.hdr == hdr


@pytest.mark.parametrize(
    ("track", "codec"),
    [
        ({"Format": "MPEG-4 Visual", "CodecID": "XVID"}, "XviD"),
        ({"Format": "MPEG-4 Visual", "CodecID": "V_MS/VFW/FOURCC / DX50"}, "DivX"),
        ({"Format": "VC-1", "CodecID": "WVC1"}, "VC-1"),
        ({"Format": "VC-1", "CodecID": "WMV3"}, "WMV"),
        ({"Format": "MPEG Video", "Format_Version": "1"}, "MPEG-1"),
        ({"Format": "RealVideo 4"}, "RealVideo"),
        ({"Format": "Theora"}, "Theora"),
        ({"Format": ""}, "unknown"),
    ],
)
def test_names_codecs_that_cannot_be_made_here(track: dict[str, str], codec: str) -> None:
    """Every codec of the field has its name, and others keep the library's."""
    assert read(**track).video.codec == codec


@pytest.mark.parametrize(
    ("track", "codec", "atmos"),
    [
        ({"Format": "DTS"}, "DTS", False),
        ({"Format": "DTS", "Format_AdditionalFeatures": "XLL"}, "DTS-HD MA", False),
        ({"Format": "DTS XLL"}, "DTS-HD MA", False),
        ({"Format": "DTS", "Format_AdditionalFeatures": "XLL X"}, "DTS:X", False),
        ({"Format": "DTS", "Format_AdditionalFeatures": "ES XXCH XBR"}, "DTS-HD HRA", False),
        ({"Format": "DTS", "Format_AdditionalFeatures": "ES"}, "DTS-ES", False),
        ({"Format": "DTS", "Format_AdditionalFeatures": "LBR"}, "DTS Express", False),
        ({"Format": "MLP FBA"}, "TrueHD", False),
        ({"Format": "MLP FBA", "Format_AdditionalFeatures": "16-ch"}, "TrueHD", True),
        ({"Format": "MLP FBA 16-ch", "Format_Commercial_IfAny": "Dolby TrueHD with Dolby Atmos"}, "TrueHD", True),
        ({"Format": "E-AC-3", "Format_AdditionalFeatures": "JOC"}, "EAC3", True),
        ({"Format": "AAC", "Format_AdditionalFeatures": "LC SBR"}, "HE-AAC", False),
        ({"Format": "AC-4"}, "AC4", False),
        ({"Format": "Cook"}, "Cook", False),
        ({}, "unknown", False),
    ],
)
def test_names_sound_that_cannot_be_made_here(track: dict[str, str], codec: str, atmos: bool) -> None:
    """What a track carries beside its core makes it another codec."""
    video = {"@type": "Video", "Format": "AVC", "Width": "1", "Height": "1"}
    report = Report(tracks=(video, {"@type": "Audio", **track}))
    sound = media_info_from_report(report, "film", adapter="x").audio[0]
    assert (sound.codec, sound.atmos) == (codec, atmos)


@pytest.mark.parametrize(
    ("track", "channels"),
    [
        ({"Channels": "6"}, "5.1"),
        ({"Channels": "5"}, "5.0"),
        ({"Channels": "6", "ChannelLayout": "L R C Cb Ls Rs"}, "6.0"),
        ({"Channels": "8 / 6", "ChannelLayout": "C L R Ls Rs Lb Rb LFE"}, "7.1"),
        ({"Channels": "6", "ChannelPositions": "Front: L C R, Side: L R, LFE"}, "5.1"),
        ({"Channels": "nonsense"}, None),
        ({"Channels": "0"}, None),
        ({}, None),
    ],
)
def test_counts_channels(track: dict[str, str], channels: str | None) -> None:
    """The bass is counted apart, and a track that does not say has no number."""
    video = {"@type": "Video", "Format": "AVC", "Width": "1", "Height": "1"}
    report = Report(tracks=(video, {"@type": "Audio", "Format": "DTS", **track}))
    assert media_info_from_report(report, "film", adapter="x").audio[0].channels == channels


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("en", "en"),
        ("pt-BR", "pt-br"),
        ("German", "de-de"),
        ("und", None),
        ("<script>", None),
        ("x" * 5000, None),
        ("en\n", "en"),
        ("", None),
    ],
)
def test_a_language_is_a_code_or_nothing(text: str, code: str | None) -> None:
    """What a file says of its language is looked up, never passed on."""
    video = {"@type": "Video", "Format": "AVC", "Width": "1", "Height": "1"}
    report = Report(tracks=(video, {"@type": "Audio", "Format": "AAC", "Language": text}))
    assert media_info_from_report(report, "film", adapter="x").audio[0].language == code


VALUES = st.text(max_size=20) | st.sampled_from(["1e999", "-1", "nan", "0", "1920", "10", "PQ", "Dolby Vision / "])
KEYS = st.sampled_from(
    [
        "Format",
        "Width",
        "Height",
        "BitDepth",
        "Duration",
        "FrameRate",
        "Channels",
        "ChannelLayout",
        "Language",
        "extra",
        "HDR_Format",
        "IsTruncated",
        "HDR_Format_Compatibility",
        "CodecID",
        "Format_AdditionalFeatures",
        "transfer_characteristics",
    ]
)
ANYTHING = st.recursive(VALUES | st.none() | st.integers(), lambda inner: st.lists(inner, max_size=2))
TRACKS = st.builds(
    lambda kind, fields: {**fields, "@type": kind},
    st.sampled_from(["General", "Video", "Audio", "Text", "Menu"]),
    st.dictionaries(KEYS, ANYTHING),
)


@settings(deadline=None)
@given(st.lists(TRACKS | ANYTHING, max_size=4))
def test_no_report_brings_anything_but_a_value_or_a_refusal(tracks: list[Any]) -> None:
    """Whatever a file makes the library say, there is a value with plausible facts or one clear error."""
    text = json.dumps({"media": {"track": tracks}})
    try:
        info = media_info_from_report(read_report(text), "film", adapter="x")
    except UnreadableMediaError:
        return
    assert info.video.width > 0
    assert info.duration is None or 0 < info.duration < 1e9
    for text in (info.container, info.video.codec, *(track.codec for track in info.audio)):
        assert text.isprintable()
        assert len(text) <= 64


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_no_json_is_too_odd(data: Any) -> None:
    """Any JSON at all is read as a report, if an empty one."""
    assert isinstance(read_report(json.dumps(data)), Report)
