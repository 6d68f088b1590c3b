package io.tournant.ipc.process.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Objects as bytes by Java serialization, under a filter when they are read. */
public final class ObjectCodec {
    /*
     * Overview   Limits against streams made to exhaust the reader are set here; which classes are welcome is for the
     *            caller to say. A filter set for the whole JVM is consulted as well, by the JDK.
     */
    private static final ObjectInputFilter LIMITS =
            ObjectInputFilter.Config.createFilter("maxdepth=1000;maxrefs=20000000;maxarray=268435456");

    private final ClassLoader loader;
    private final ObjectInputFilter filter;

    /** Makes a codec that finds classes through a loader and admits those that the filter does not reject. */
    public ObjectCodec(ClassLoader loader, ObjectInputFilter filter) {
        this.loader = loader;
        this.filter = ObjectInputFilter.merge(filter, LIMITS);
    }

    /**
     * Encodes an object.
     *
     * @param root what messages call the object: {@code task} or {@code result}
     * @throws UnsendableException if it, or something it refers to, cannot be encoded; the message names that
     */
    public byte[] encode(String root, @Nullable Object object) throws UnsendableException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        Tracer tracer = null;
        try {
            tracer = new Tracer(bytes);
            tracer.writeObject(object);
            tracer.flush();
            return bytes.toByteArray();
        } catch (NotSerializableException e) {
            throw UnsendableException.of(
                    root, tracer == null ? null : tracer.first, tracer == null ? null : tracer.offender, e);
        } catch (StackOverflowError e) {
            throw new UnsendableException(
                    "The " + root + " refers to objects too deeply nested to be sent to another"
                            + " process. Send it as an array or a list. type=" + typeName(object),
                    e);
        } catch (Throwable e) { // writing runs the user's code, which may throw anything
            throw new UnsendableException(
                    "The " + root + " cannot be sent to another process, because encoding it threw." + " type="
                            + typeName(object) + " cause=" + e,
                    e);
        }
    }

    private static String typeName(@Nullable Object object) {
        return object == null ? "null" : object.getClass().getTypeName();
    }

    /** Remembers the root, and the first object that cannot be written and so ends the writing. */
    private static final class Tracer extends ObjectOutputStream {

        private @Nullable Object first;
        private @Nullable Object offender;

        Tracer(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            if (first == null) {
                first = object;
            }
            if (offender == null && !(object instanceof Serializable)) {
                offender = object;
            }
            return object;
        }
    }

    /**
     * Decodes an object.
     *
     * @throws IOException if the bytes are no object, or the filter rejects it
     * @throws ClassNotFoundException if a class is missing here
     */
    public @Nullable Object decode(ByteBuffer bytes) throws IOException, ClassNotFoundException {
        InputStream source = bytes.hasArray()
                ? new ByteArrayInputStream(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining())
                : new ByteArrayInputStream(copy(bytes));
        try (Resolver input = new Resolver(source)) {
            input.setObjectInputFilter(filter);
            return input.readObject();
        }
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return copy;
    }

    /** Finds classes through the codec's loader. */
    private final class Resolver extends ObjectInputStream {

        Resolver(InputStream source) throws IOException {
            super(source);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) { // a primitive type, or a class of the platform
                return super.resolveClass(description);
            }
        }
    }
}
