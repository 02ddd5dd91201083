"""Speech models, by mlx-audio, behind a small server of our own.

mlx-audio's server writes every recording into /tmp; here a recording lives in memory and nowhere else.
"""

import json
import threading
from collections.abc import Callable, Mapping
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any, Final

from accelerator.quiet import Say, fault

RATE: Final = 16_000
"""Samples a second, as Whisper takes them."""

Transcribe = Callable[[bytes, str | None], str]


def serve(model: Mapping[str, Any], say: Say) -> None:
    """Until the process ends."""
    transcribe = _whisper(model["path"])
    say("the model is loaded")
    server(int(model["port"]), transcribe, say).serve_forever()
    say("the server ended")


def server(port: int, transcribe: Transcribe, say: Say) -> ThreadingHTTPServer:
    """``POST /v1/audio/transcriptions`` as OpenAI's: a form with ``file`` and perhaps ``language``.

    What cannot be read is refused by 422; the log says which error, and not of what.
    """
    turn = threading.Lock()  # the GPU works on one recording at a time

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200 if self.path == "/health" else 404, {})

        def do_POST(self) -> None:
            if self.path != "/v1/audio/transcriptions":
                return self._answer(404, {})
            recording, language = form(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
            if not recording:
                return self._answer(400, {"error": "send a form with the recording as its part 'file'"})
            try:
                with turn:
                    heard = transcribe(recording, language)
            except Exception as error:  # noqa: BLE001 -- whatever a decoder makes of what clients send
                say(f"a recording was stopped by {fault(error)}")
                return self._answer(422, {"error": "no recording that can be read: send WAV, FLAC or MP3"})
            return self._answer(200, {"text": heard})

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name above
            """Nothing."""

        def _answer(self, status: int, said: Mapping[str, str]) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def form(headers: Message, body: bytes) -> tuple[bytes | None, str | None]:
    """The recording and the language of a multipart form."""
    head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
    parts = {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
        for part in BytesParser(policy=HTTP).parsebytes(head + body).walk()
        if not part.is_multipart()
    }
    recording, language = parts.get("file"), parts.get("language")
    return (
        recording if isinstance(recording, bytes) else None,
        language.decode().strip() if isinstance(language, bytes) else None,
    )


def _whisper(path: str) -> Transcribe:
    import numpy as np  # noqa: PLC0415  # ty: ignore[import-not-found] -- on the Mac alone
    from mlx_audio import audio_io  # noqa: PLC0415  # ty: ignore[import-not-found] -- on the Mac alone
    from mlx_audio.stt.utils import load  # noqa: PLC0415  # ty: ignore[import-not-found] -- likewise

    model = load(path)
    model.generate(np.zeros(RATE, dtype=np.float32), language="en")  # a model that lacks a file ends here

    def transcribe(recording: bytes, language: str | None) -> str:
        samples, _ = audio_io.read(BytesIO(recording), dtype="float32", sample_rate=RATE, nchannels=1)
        return model.generate(samples, language=language).text.strip()

    return transcribe
