"""A real phone without a screen: baresip says one tone for ever and records what it hears."""

import math
import socket
import struct
import subprocess
import wave

from support.tones import share_of

SAMPLES_PER_S = 8000

CONFIG = """\
poll_method epoll
sip_listen {host}:{port}
net_interface {host}
rtp_ports 10000-10100
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module sndfile.so
module_tmp account.so
module_app menu.so
module_app cons.so
cons_listen {host}:5555
audio_source aufile,{home}/tone.wav
audio_srate 8000
audio_channels 1
snd_path {home}
"""


class Softphone:
    """One baresip at an address of its own."""

    def __init__(self, name, host, tone_hz, home, port=5060):
        self.name, self.host, self.tone_hz = name, host, tone_hz
        self._home = home / name
        self._home.mkdir()
        self._process = None
        config = CONFIG.format(host=host, port=port, home=self._home)
        account = f"<sip:{name}@{host}:{port}>;regint=0;answermode=auto;audio_codecs=PCMA\n"
        for file, text in (("config", config), ("accounts", account), ("contacts", "")):
            (self._home / file).write_text(text)
        _write_tone(self._home / "tone.wav", tone_hz)

    def start(self, *options):
        """With "-e", "/dial sip:…" it dials, otherwise it waits; with "-t", N it ends after N s."""
        with open(self._home / "log", "wb") as log:
            self._process = subprocess.Popen(
                ["baresip", "-f", self._home, *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def command(self, text):
        """What a person would type: "/sndcode 2" presses a key, "/hangup" hangs up."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as console:
            console.sendto(f"{text}\n".encode(), (self.host, 5555))

    def log(self):
        return (self._home / "log").read_text(errors="replace")

    def messages(self):
        return []  # it keeps none

    complaints = log

    def wait(self, seconds):
        self._process.wait(seconds)

    def kill(self):
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(10)

    def heard(self, tone_hz, second=1):
        """How much of the loudness it heard in that second of the call was that tone: 0 to 1."""
        (recording,) = self._home.glob("*-dec.wav")
        with wave.open(str(recording), "rb") as file:
            rate = file.getframerate()
            file.readframes(rate * second)
            return share_of(file.readframes(rate), rate, tone_hz)


def _write_tone(path, tone_hz, seconds=20):
    with wave.open(str(path), "wb") as tone:
        tone.setparams((1, 2, SAMPLES_PER_S, 0, "NONE", ""))
        angle = 2 * math.pi * tone_hz / SAMPLES_PER_S
        samples = (int(9000 * math.sin(angle * i)) for i in range(SAMPLES_PER_S * seconds))
        tone.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
