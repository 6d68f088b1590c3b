package io.tournant.ipc.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What stands in a message: a word that says what is asked, and its number; an argument; zeros; and the word again. Whoever
 * receives looks at a word of each 64 bytes, so that all of the message has come to its processor.
 */
final class Payload {

    /** The shortest message. */
    static final int SMALL = 32;

    /** Wants as long an answer. */
    static final int ECHO = 1;
    /** Wants no answer. */
    static final int TAKE = 2;
    /** Wants a small answer. */
    static final int ANSWER = 3;
    /** Wants a small answer after as many milliseconds as the argument says. */
    static final int LATER = 4;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LINE = 64;
    private static final int KIND_SHIFT = 56;

    private Payload() {}

    /** Writes what is asked. */
    static void write(byte[] message, int kind, long number, long argument) {
        long word = (long) kind << KIND_SHIFT | number;
        LONG.set(message, 0, word);
        LONG.set(message, Long.BYTES, argument);
        LONG.set(message, message.length - Long.BYTES, word);
    }

    static int kind(long word) {
        return (int) (word >>> KIND_SHIFT);
    }

    static long number(long word) {
        return word & (1L << KIND_SHIFT) - 1;
    }

    /** Looks at a message in an array. */
    static void read(byte[] bytes, int offset, int length, Link.Receiver receiver) throws Exception {
        long others = 0;
        int last = offset + length - Long.BYTES;
        for (int i = offset + LINE; i < last; i += LINE) {
            others |= (long) LONG.get(bytes, i);
        }
        check((long) LONG.get(bytes, offset), (long) LONG.get(bytes, last), others);
        receiver.take((long) LONG.get(bytes, offset), (long) LONG.get(bytes, offset + Long.BYTES), length);
    }

    /** Looks at a message in a buffer. */
    static void read(ByteBuffer buffer, int offset, int length, Link.Receiver receiver) throws Exception {
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        long others = 0;
        int last = offset + length - Long.BYTES;
        for (int i = offset + LINE; i < last; i += LINE) {
            others |= buffer.getLong(i);
        }
        check(buffer.getLong(offset), buffer.getLong(last), others);
        receiver.take(buffer.getLong(offset), buffer.getLong(offset + Long.BYTES), length);
    }

    /** Refuses a message whose ends differ, or that has anything but zeros between them. */
    static void check(long first, long last, long others) {
        if (first != last || others != 0) {
            throw new IllegalStateException("A message is torn: first=" + first + " last=" + last);
        }
    }
}
