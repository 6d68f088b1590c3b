package io.tournant.ipc.process.codec;

import io.tournant.core.RemoteTaskException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An exception as bytes: a description that always arrives, then the object itself for a reader that can take it. */
public final class ThrowableCodec {
    /*
     * Overview   description: how many links of the cause chain, and for each: class, message or none, frames. The
     *            object follows after an int that is its length, 0 if it could not be encoded.
     */
    private static final int MAX_CHAIN = 16;
    private static final int MAX_FRAMES = 1024;
    private static final int MAX_TEXT = 10_000;
    private static final StackTraceElement[] NO_FRAMES = {};

    private final ObjectCodec objects;

    /** Makes a codec that tries the object with another one. */
    public ThrowableCodec(ObjectCodec objects) {
        this.objects = objects;
    }

    /** Encodes an exception. Never fails. */
    public byte[] encode(Throwable thrown, int maxLength) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] description = describe(thrown, MAX_CHAIN, MAX_FRAMES);
            out.write(description.length <= maxLength / 2 ? description : describe(thrown, 1, 0));
            byte[] object = encodeObject(thrown);
            boolean fits = bytes.size() + Integer.BYTES + object.length <= maxLength;
            out.writeInt(fits ? object.length : 0);
            out.write(object, 0, fits ? object.length : 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private byte[] encodeObject(Throwable thrown) {
        try {
            return objects.encode("exception", thrown);
        } catch (UnsendableException e) { // the description stands for it
            return new byte[0];
        }
    }

    private static byte[] describe(Throwable thrown, int maxChain, int maxFrames) throws IOException {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable t = thrown; t != null && chain.size() < maxChain; t = ask(t::getCause, null)) {
            chain.add(t);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(chain.size());
        for (Throwable t : chain) {
            writeText(t.getClass().getName(), out);
            String message = ask(t::getMessage, "(getMessage failed)");
            out.writeBoolean(message != null);
            writeText(message == null ? "" : message, out);
            StackTraceElement[] frames = ask(t::getStackTrace, NO_FRAMES);
            int count = frames == null ? 0 : Math.min(frames.length, maxFrames);
            out.writeInt(count);
            for (int i = 0; i < count; i++) {
                writeFrame(Objects.requireNonNull(frames)[i], out);
            }
        }
        return bytes.toByteArray();
    }

    /** Asks an exception that may be of the user's own making, and do anything when asked. */
    private static <V> @Nullable V ask(Supplier<@Nullable V> question, @Nullable V otherwise) {
        try {
            return question.get();
        } catch (RuntimeException | Error e) {
            return otherwise;
        }
    }

    private static void writeFrame(StackTraceElement frame, DataOutputStream out) throws IOException {
        writeText(frame.getClassName(), out);
        writeText(frame.getMethodName(), out);
        writeText(frame.getFileName() == null ? "" : frame.getFileName(), out);
        out.writeInt(frame.getLineNumber());
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        out.writeUTF(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT));
    }

    /** Decodes an exception: the original if it can be had, else a {@link RemoteTaskException} that describes it. */
    public Throwable decode(ByteBuffer payload) throws IOException {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        RemoteTaskException description = readChain(in);
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("An exception has an impossible length: length=" + length);
        }
        if (length == 0) {
            return description;
        }
        try {
            Object object = objects.decode(ByteBuffer.wrap(bytes, bytes.length - in.available(), length));
            return object instanceof Throwable thrown ? thrown : description;
        } catch (Throwable e) { // reading runs the user's code, which may throw anything
            description.addSuppressed(e); // why the original is not here
            return description;
        }
    }

    private static RemoteTaskException readChain(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > MAX_CHAIN) {
            throw new IOException("An exception has an impossible chain of causes: count=" + count);
        }
        List<RemoteTaskException> chain = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chain.add(readLink(in));
        }
        for (int i = 0; i + 1 < count; i++) {
            chain.get(i).initCause(chain.get(i + 1));
        }
        return chain.getFirst();
    }

    private static RemoteTaskException readLink(DataInputStream in) throws IOException {
        String className = in.readUTF();
        boolean hasMessage = in.readBoolean();
        String message = in.readUTF();
        int count = in.readInt();
        if (count < 0 || count > MAX_FRAMES) {
            throw new IOException("An exception has an impossible number of frames: count=" + count);
        }
        List<StackTraceElement> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String type = in.readUTF();
            String method = in.readUTF();
            String file = in.readUTF();
            frames.add(new StackTraceElement(type, method, file.isEmpty() ? null : file, in.readInt()));
        }
        return new RemoteTaskException(className, hasMessage ? message : null, frames);
    }
}
