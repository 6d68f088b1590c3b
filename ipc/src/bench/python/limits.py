"""Two processes of Python's multiprocessing on a Pipe: limits.py WARM_MILLIS MEASURE_MILLIS rtt:32 paced:32 throughput:32 …

The messages are those of limits.c, of which only the words at both ends are looked at.
"""

import multiprocessing
import resource
import struct
import sys
import time

ECHO, TAKE, ANSWER = 1, 2, 3
SMALL = 32
WORD = struct.Struct("<Q")
SEQUENCE = (1 << 56) - 1


class End:
    """One end of the pipe."""

    def __init__(self, connection):
        self.connection = connection
        self.sent = 0
        self.received = 0

    def send(self, message, what):
        word = what << 56 | self.sent
        self.sent += 1
        WORD.pack_into(message, 0, word)
        WORD.pack_into(message, len(message) - 8, word)
        self.connection.send_bytes(message)

    def receive(self):
        message = self.connection.recv_bytes()
        word = WORD.unpack_from(message)[0]
        if word != WORD.unpack_from(message, len(message) - 8)[0] or word & SEQUENCE != self.received:
            sys.exit("Error: a message was lost or torn")
        self.received += 1
        return word >> 56, message


def echo(connection):
    end = End(connection)
    small = bytearray(SMALL)
    while True:
        try:
            what, message = end.receive()
        except EOFError:
            return
        if what == ECHO:
            end.send(bytearray(message), TAKE)
        elif what == ANSWER:
            end.send(small, TAKE)


def cpu(pid):
    """The processor time of this process and another in nanoseconds, as clock_getcpuclockid(3) has it."""
    return time.process_time_ns() + time.clock_gettime_ns(~pid << 3 | 2)


def round_trips(end, message, millis, paced, pid):
    samples = []
    pauses = 0
    sleeps = resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw
    used = cpu(pid)
    start = before = time.monotonic_ns()
    stop = start + millis * 1_000_000
    while before < stop:
        if paced:
            left = start + (len(samples) + 1) * 1_000_000 - time.monotonic_ns()
            if left > 0:
                time.sleep(left / 1e9)
                pauses += 1
            before = time.monotonic_ns()
        end.send(message, ECHO)
        end.receive()
        after = time.monotonic_ns()
        samples.append(after - before)
        before = after
    used = cpu(pid) - used
    count = len(samples)
    slept = (resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw - sleeps - pauses) / count
    samples.sort()
    return f"p50={samples[count // 2]} p99={samples[count * 99 // 100]} cpu={used / count:.0f} sleeps={slept:.3f}"


def throughput(end, message, millis):
    count = 1
    start = time.monotonic_ns()
    stop = start + millis * 1_000_000
    while time.monotonic_ns() < stop:
        for _ in range(16):
            end.send(message, TAKE)
        count += 16
    end.send(message, ANSWER)
    end.receive()
    return f"rate={count * 1e9 / (time.monotonic_ns() - start):.0f}"


def main():
    here, there = multiprocessing.Pipe()
    other = multiprocessing.Process(target=echo, args=(there,), daemon=True)
    other.start()
    there.close()
    end = End(here)
    for step in sys.argv[3:]:
        pattern, length = step.split(":")
        for millis in int(sys.argv[1]), int(sys.argv[2]):
            message = bytearray(int(length))
            if pattern == "throughput":
                result = throughput(end, message, millis)
            else:
                result = round_trips(end, message, millis, pattern == "paced", other.pid)
        print(step, result, flush=True)
    here.close()
    other.kill()


main()
