"""What each operation hands over, and which kinds of file each field of an input can work on."""

IMAGE = frozenset({"image"})
SEEN = frozenset({"image", "video", "poster"})
HEARD = frozenset({"audio"})
WRITTEN = frozenset({"text"})

DELIVERED: dict[tuple[str, str], dict[str, str]] = {
    ("avatar-builder", "generate"): {"avatar.png": "image", "avatar.svg": "vector"},
    ("avatar-builder", "scan"): {"avatar.png": "image", "avatar.svg": "vector"},
    ("business-agent", "analyze"): {"findings.md": "text"},
    ("business-agent", "report"): {"report.md": "text", "report.pdf": "document"},
    ("chat", "message"): {"answer.md": "text"},
    ("chat", "context"): {"answer.md": "text"},
    ("image-creator", "generate"): {"image.png": "image"},
    ("image-creator", "upscale"): {"image.png": "image"},
    ("media-production", "video"): {"video.mp4": "video", "poster.jpg": "poster"},
    ("media-production", "composite"): {"video.mp4": "video", "poster.jpg": "poster"},
    ("music-studio", "generate"): {"track.mp3": "audio"},
    ("music-studio", "remix"): {"track.mp3": "audio", "track.mid": "midi"},
    ("music-studio", "extend"): {"track.mp3": "audio", "track.mid": "midi"},
    ("video-studio", "generate"): {"video.mp4": "video", "poster.jpg": "poster"},
    ("video-studio", "animate"): {"video.mp4": "video", "captions.vtt": "captions", "poster.jpg": "poster"},
    ("voice-lab", "synthesize"): {"speech.mp3": "audio"},
}
"""File names with their kinds, those that are always there: a table of words alone has no chart, a provider's track no
score and its film no captions. What is not listed delivers nothing that a plan can build on."""

ACCEPTED: dict[tuple[str, str, str], frozenset[str]] = {
    ("avatar-builder", "scan", "photo"): IMAGE | {"poster"},
    ("business-agent", "analyze", "file"): frozenset({"text", "captions"}),
    ("image-creator", "upscale", "image"): IMAGE | {"poster"},
    ("media-production", "video", "clips"): SEEN,
    ("media-production", "composite", "base"): SEEN,
    ("media-production", "composite", "overlay"): SEEN,
    ("media-production", "composite", "audio"): HEARD,
    ("music-studio", "remix", "track"): HEARD | {"midi"},
    ("music-studio", "extend", "track"): HEARD | {"midi"},
    ("video-studio", "animate", "avatar"): IMAGE | {"poster"},
    ("video-studio", "animate", "text"): WRITTEN,
    ("voice-lab", "synthesize", "text"): WRITTEN,
}
"""By agent, operation and field."""

SPOKEN: dict[tuple[str, str, str], int] = {
    ("video-studio", "animate", "text"): 400, ("voice-lab", "synthesize", "text"): 1000,
}  # fmt: skip
"""Fields of words, which can be those of a text file, and how many signs of it."""
