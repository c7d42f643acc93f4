"""A program of its own: says each line of JSON in its input with espeak-ng, and writes 16-bit samples.

It runs by itself, so that a text that hangs or breaks espeak-ng (C, under the GPL) takes nobody along.
Arguments: the library, its data, seconds to live. Input: {"voice", "rate", "text"}; output: an answer for each line,
the sample rate and the number of bytes (two 32-bit integers, little-endian) and the samples.
"""

import ctypes
import json
import signal
import struct
import sys

SYNCHRONOUS, UTF8, RATE = 2, 1, 1
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def main(library: str, data: str, seconds: str) -> None:
    signal.alarm(int(seconds))
    espeak = ctypes.CDLL(library)
    rate = espeak.espeak_Initialize(SYNCHRONOUS, 0, data.encode(), 0)
    if rate <= 0:
        sys.exit("espeak-ng does not find its data.")
    heard = bytearray()

    def keep(samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
        if samples and count > 0:
            heard.extend(ctypes.string_at(samples, count * 2))
        return 0

    callback = CALLBACK(keep)
    espeak.espeak_SetSynthCallback(callback)
    for line in sys.stdin:
        order = json.loads(line)
        heard.clear()
        if espeak.espeak_SetVoiceByName(order["voice"].encode()):
            sys.exit(f"espeak-ng has no voice {order['voice']}.")
        espeak.espeak_SetParameter(RATE, order["rate"], 0)
        text = order["text"].encode()
        if espeak.espeak_Synth(text, len(text) + 1, 0, 1, 0, UTF8, None, None):
            sys.exit("espeak-ng could not say it.")
        espeak.espeak_Synchronize()
        sys.stdout.buffer.write(struct.pack("<II", rate, len(heard)) + heard)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
