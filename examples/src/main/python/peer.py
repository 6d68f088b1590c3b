#!/usr/bin/env python3
"""A peer that shares no code with Tournant: it connects to a listener and sends back every message until the other side ends.

    python3 peer.py ENDPOINT    with the token on standard input

ENDPOINT is what Listener.endpoint() returns, of a Unix-domain socket ("unix:/...") or a mapped file ("mapped:/..."). The
formats are those of ipc/DESIGN.md, section 4.
"""

import contextlib
import mmap
import os
import secrets
import select
import socket
import struct
import sys
import threading
import zlib

MESSAGE, END, GOODBYE, LONG, PIECE, PADDING = range(1, 7)
MAGIC = b"TOURNANT"
FRAME = struct.Struct("<2sBBBBHqi")  # and a checksum
VERDICTS = ["WELCOME", "WRONG_TOKEN", "WRONG_VERSION", "WRONG_USER", "NOT_A_PEER"]


def checked(header):
    return header + struct.pack("<I", zlib.crc32(header))


def exactly(sock, length):
    """Returns so many bytes, or None if the stream ends before."""
    data = bytearray()
    while len(data) < length:
        part = sock.recv(min(length - len(data), 1 << 20))
        if not part:
            return None
        data += part
    return bytes(data)


def connect(endpoint, token, longest=16 << 20):
    scheme, path = endpoint.split(":", 1)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.connect(path)
    medium = ["unix", "mapped"].index(scheme)
    hello = checked(MAGIC + struct.pack("<HHi", 1, medium, longest) + bytes.fromhex(token))
    rings = Rings(sock) if medium else None
    sock.sendall(hello + (rings.offer if rings else b""))
    welcome = exactly(sock, 20)
    if rings:
        with contextlib.suppress(FileNotFoundError):  # a listener that has mapped it has removed it, too
            os.unlink(rings.path)
    if welcome is None or welcome[:8] != MAGIC or checked(welcome[:16]) != welcome:
        raise ConnectionError(f"No answer that could be understood: {welcome}")
    verdict = struct.unpack_from("<H", welcome, 10)[0]
    if verdict:
        raise ConnectionError(f"Refused: {VERDICTS[verdict]}")
    return rings or Stream(sock)


class Stream:
    """Frames on the socket itself."""

    def __init__(self, sock):
        self.sock = sock

    def send(self, type, kind=0, correlation_id=0, payload=b""):
        header = FRAME.pack(b"Tn", 1, type, kind, 0, 0, correlation_id, len(payload))
        self.sock.sendall(checked(header) + payload)

    def receive(self):
        """Returns type, kind, correlation id and payload, or None if the peer is gone."""
        header = exactly(self.sock, FRAME.size + 4)
        if header is None:
            return None
        if checked(header[: FRAME.size]) != header:
            raise ValueError("A frame does not match its checksum")
        _, _, type, kind, _, _, correlation_id, length = FRAME.unpack_from(header)
        payload = exactly(self.sock, length)
        return None if payload is None else (type, kind, correlation_id, payload)


class Rings:
    """Records in a file that both sides map. Python has no atomic operations: a word of eight bytes is stored at once, the
    order of stores is that of x86, and a lock that is taken serves as a full fence."""

    CAPACITY = 1 << 18
    BYTES = 4096
    HEAD, READER_SLEEPS, WRITER_SLEEPS = 0, 16, 32  # in words of 8 bytes
    THERE, BACK = 128 // 8, 1152 // 8

    def __init__(self, sock):
        self.sock = sock
        self.gone = False
        self.tail = self.head = 0
        self.lock = threading.Lock()
        self.path = f"/dev/shm/tournant-{os.getpid()}-{secrets.token_hex(16)}.ring"
        file = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW, 0o600)
        size = self.BYTES + 2 * self.CAPACITY
        head = b"TOURRING" + struct.pack("<ii", 2, self.CAPACITY)
        os.write(file, head + bytes(size - len(head)))
        self.memory = memoryview(mmap.mmap(file, size))
        self.words = self.memory.cast("q")
        os.close(file)
        path = self.path.encode()
        self.offer = checked(struct.pack("<iHH256s", self.CAPACITY, len(path), 0, path))

    def fence(self):
        with self.lock:
            pass

    def wake(self, flag):
        """Rings for a peer that sleeps."""
        self.fence()
        if self.words[flag]:
            self.words[flag] = 0
            try:
                self.sock.send(b"\1", socket.MSG_DONTWAIT)
            except BlockingIOError:
                pass  # it has enough to wake up to
            except OSError:
                self.gone = True

    def sleep(self, flag, is_over):
        """Sleeps until it may be over: for a second at most, and not at all if it is."""
        self.words[flag] = 1
        self.fence()
        if not is_over() and select.select([self.sock], [], [], 1)[0]:
            try:
                self.gone |= not self.sock.recv(4096)
            except OSError:
                self.gone = True
        self.words[flag] = 0

    # ---------------------------------------------------------------- written

    def has_room(self, size):
        return self.tail + size + 8 <= self.words[self.THERE + self.HEAD] + self.CAPACITY

    def write(self, type, kind, length, body):
        """Writes a record: zeroes the commit word behind it, and stores its own last."""
        size = (length + 7) & -8
        while not self.has_room(size):
            if self.gone:
                raise ConnectionResetError("The peer is gone")
            self.sleep(self.THERE + self.WRITER_SLEEPS, lambda: self.has_room(size))
        place = self.BYTES + self.tail % self.CAPACITY
        self.tail += size
        self.words[(self.BYTES + self.tail % self.CAPACITY) // 8] = 0
        self.memory[place + 8 : place + 8 + len(body)] = body
        self.words[place // 8] = kind << 40 | type << 32 | length

    def record(self, type, kind, correlation_id, payload):
        left = self.CAPACITY - self.tail % self.CAPACITY
        if (16 + len(payload) + 7) & -8 > left:
            self.write(PADDING, 0, left, b"")
        self.write(type, kind, 16 + len(payload), struct.pack("<q", correlation_id) + payload)
        self.wake(self.THERE + self.READER_SLEEPS)

    def send(self, type, kind=0, correlation_id=0, payload=b""):
        most = self.CAPACITY // 8 - 16
        if len(payload) <= most:
            self.record(type, kind, correlation_id, payload)
            return
        self.record(LONG, kind, correlation_id, struct.pack("<q", len(payload)))
        for start in range(0, len(payload), most):
            self.record(PIECE, 0, 0, payload[start : start + most])

    # ---------------------------------------------------------------- read

    def next_word(self):
        return self.words[self.BYTES // 8 + (self.CAPACITY + self.head % self.CAPACITY) // 8]

    def read(self):
        """Returns the next record, or None if the peer is gone and there is none."""
        while True:
            word = self.next_word()
            if word == 0:
                if self.gone and self.next_word() == 0:
                    return None
                self.sleep(self.BACK + self.READER_SLEEPS, self.next_word)
                continue
            length, type, kind = word & 0xFFFFFFFF, word >> 32 & 0xFF, word >> 40 & 0xFF
            place = self.BYTES + self.CAPACITY + self.head % self.CAPACITY
            body = bytes(self.memory[place + 8 : place + length])
            self.head += (length + 7) & -8
            self.words[self.BACK + self.HEAD] = self.head
            self.wake(self.BACK + self.WRITER_SLEEPS)
            if type != PADDING:
                return type, kind, struct.unpack_from("<q", body)[0], body[8:]

    def receive(self):
        """Returns type, kind, correlation id and payload, or None if the peer is gone."""
        record = self.read()
        if record is None or record[0] != LONG:
            return record
        _, kind, correlation_id, payload = record
        (length,) = struct.unpack("<q", payload)
        message = bytearray()
        while len(message) < length:
            piece = self.read()
            if piece is None:
                return None
            message += piece[3]
        return MESSAGE, kind, correlation_id, bytes(message)


def echo(channel):
    """Sends back what comes, and returns whether the other side ended in good order."""
    frame = channel.receive()
    while frame and frame[0] == MESSAGE:
        channel.send(*frame)
        frame = channel.receive()
    if frame is None:
        return False
    channel.send(GOODBYE)
    return True


if __name__ == "__main__":
    peer = connect(sys.argv[1], sys.stdin.readline().strip())
    sys.exit(0 if echo(peer) else 1)
