package io.tournant.examples.cracker;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 hashes whose passwords are wanted: an open-addressing table, so thinly filled that nearly every hash of a
 * wrong candidate is turned away by one look at an empty slot.
 */
final class Targets {

    /** The hashes that come with this example. */
    static final Source SHIPPED = new Source.Shipped("targets.sha256");

    private static final Pattern LINE = Pattern.compile("(\\p{XDigit}{64})(\\s.*)?");
    private static final int SLOTS_PER_HASH = 16;

    /** The first eight bytes of a hash as a number: as good a hash code as can be. */
    private static final VarHandle PREFIX = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Filled once per JVM, as the word list is. */
    private static final ConcurrentMap<Source, Targets> LOADED = new ConcurrentHashMap<>();

    private final long[] prefixes;
    private final byte[] @Nullable [] hashes;
    private final int count;

    private Targets(List<byte[]> wanted) {
        int slots = Integer.highestOneBit(wanted.size() * SLOTS_PER_HASH) << 1;
        prefixes = new long[slots];
        hashes = new byte[slots][];
        count = Math.toIntExact(wanted.stream().filter(this::add).count());
    }

    /**
     * Returns the hashes of a source, which is read at the first call in this JVM.
     *
     * @throws BadInputException if it cannot be read, or a line is neither a hash nor a comment
     */
    static Targets of(Source source) {
        return LOADED.computeIfAbsent(source, Targets::read);
    }

    private static Targets read(Source source) {
        try {
            List<byte[]> wanted = source.lines().stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> parse(line, source))
                    .toList();
            if (wanted.isEmpty()) {
                throw new BadInputException("There is no hash to look for: hashes=" + source);
            }
            return new Targets(wanted);
        } catch (IOException e) {
            throw new BadInputException(
                    "The hashes cannot be read: hashes=%s reason=%s. Give a text file with a SHA-256 in hex on each line."
                            .formatted(source, e.getClass().getSimpleName()),
                    e);
        }
    }

    /** Takes a line as sha256sum prints it: the hash, then perhaps a blank and a name. */
    private static byte[] parse(String line, Source source) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new BadInputException("A SHA-256 is 64 hex digits: line=" + line + " hashes=" + source);
        }
        return HexFormat.of().parseHex(matcher.group(1));
    }

    private boolean add(byte[] hash) {
        int slot = find(hash);
        if (hashes[slot] != null) {
            return false;
        }
        hashes[slot] = hash;
        prefixes[slot] = (long) PREFIX.get(hash, 0);
        return true;
    }

    /** Tells whether a hash is wanted. */
    boolean contains(byte[] hash) {
        return hashes[find(hash)] != null;
    }

    /** Returns the slot of a hash, or the empty one where it belongs. */
    private int find(byte[] hash) {
        int mask = hashes.length - 1;
        long prefix = (long) PREFIX.get(hash, 0);
        int slot = (int) prefix & mask;
        while (hashes[slot] != null && !(prefixes[slot] == prefix && Arrays.equals(hashes[slot], hash))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Returns how many different hashes are wanted. */
    int count() {
        return count;
    }
}
