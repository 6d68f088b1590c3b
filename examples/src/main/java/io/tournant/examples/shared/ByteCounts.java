package io.tournant.examples.shared;

import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.ipc.SharedBuffer;
import io.tournant.ipc.SharedLong;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** How often each byte occurs in a file: worker processes read one copy of it, and count in cells that they share. */
public final class ByteCounts {

    private static final int VALUES = 256;
    private static final long PART = 4L << 20;

    private ByteCounts() {}

    // @start region=shared
    static long[] count(MemorySegment data) throws IOException, InterruptedException, ExecutionException {
        try (SharedBuffer bytes = SharedBuffer.allocate(data.byteSize());
                SharedBuffer counts = SharedBuffer.allocate(VALUES * Long.BYTES);
                TaskExecutor processes = TaskExecutor.open("process?workers=2")) {
            bytes.segment().copyFrom(data);
            SharedBuffer.Handle from = bytes.handle();
            SharedBuffer.Handle to = counts.handle();
            List<TaskHandle<Long>> tasks = new ArrayList<>();
            for (long start = 0; start < bytes.length(); start += PART) {
                long first = start; // all that travels: two names and a number
                tasks.add(processes.submit(() -> count(from, to, first)));
            }
            for (TaskHandle<Long> task : tasks) {
                task.get(); // until then, the buffers are held here
            }
            return counts.segment().toArray(ValueLayout.JAVA_LONG);
        }
    }

    /** Counts a part, in a worker process. */
    private static long count(SharedBuffer.Handle from, SharedBuffer.Handle to, long first) throws IOException {
        try (SharedBuffer bytes = from.open();
                SharedBuffer counts = to.open()) {
            long end = Math.min(first + PART, bytes.length());
            long[] found = new long[VALUES];
            for (long i = first; i < end; i++) {
                found[bytes.segment().get(ValueLayout.JAVA_BYTE, i) & 0xFF]++;
            }
            for (int value = 0; value < VALUES; value++) {
                SharedLong cell = counts.cell((long) value * Long.BYTES);
                cell.getAndAdd(found[value]); // whoever else does so at the same time
            }
            return end - first;
        }
    }
    // @end

    /**
     * Prints how often each byte occurs in a file.
     *
     * @param arguments the file, which is not empty
     * @throws Exception if it can not be read, or no processes can be started
     */
    public static void main(String... arguments) throws Exception {
        try (FileChannel file = FileChannel.open(Path.of(arguments[0]));
                Arena arena = Arena.ofConfined()) {
            long[] counts = count(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena));
            for (int value = 0; value < VALUES; value++) {
                System.out.printf("%02x %,d%n", value, counts[value]);
            }
        }
    }
}
