"""Frames of a journal, written from docs/formats/journal.md alone: for records that no sound model makes."""
import struct

MAGIC, VERSION = b"BRYJFRM\x01", 2
FAILED = 1


def crc32c(data):
    """CRC-32C (RFC 3720), bit by bit: frames here are short."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 & -(crc & 1))
    return crc ^ 0xFFFFFFFF


def frame(fingerprint, point, future, replication, payload):
    """A frame of the campaign whose manifest has that fingerprint, 64 hexadecimal digits."""
    head = MAGIC + struct.pack("<IIQIII", VERSION, len(payload), int(fingerprint[:16], 16), point, future, replication)
    return head + struct.pack("<I", crc32c(head)) + payload + struct.pack("<I", crc32c(payload))


def failed(fingerprint, point, future, replication, message):
    """The frame of a failed replication."""
    text = message.encode()
    payload = struct.pack("<iIIIIIQQd", FAILED, 0, 0, 0, 0, len(text), 0, 0, 0.0) + text
    return frame(fingerprint, point, future, replication, payload)
