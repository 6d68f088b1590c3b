package io.tournant.ipc.process.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tournant.core.RemoteTaskException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ThrowableCodecTest {

    private static final int MAX = 1 << 20;

    private final ClassLoader loader = ThrowableCodecTest.class.getClassLoader();
    private final ThrowableCodec codec =
            new ThrowableCodec(new ObjectCodec(loader, info -> ObjectInputFilter.Status.UNDECIDED));
    private final ThrowableCodec strict =
            new ThrowableCodec(new ObjectCodec(loader, ObjectInputFilter.Config.createFilter("!java.io.IOException")));

    @Test
    void theOriginalComesBackWithItsCause() throws Exception {
        Throwable copy =
                codec.decode(ByteBuffer.wrap(codec.encode(new IOException("a", new IllegalStateException("b")), MAX)));
        assertThat(copy).isInstanceOf(IOException.class).hasMessage("a");
        assertThat(copy.getCause()).isInstanceOf(IllegalStateException.class).hasMessage("b");
    }

    @Test
    void whatTheFilterRejectsIsDescribedWithItsCausesAndTheReason() throws Exception {
        IOException original = new IOException("a", new IllegalStateException());
        Throwable copy = strict.decode(ByteBuffer.wrap(strict.encode(original, MAX)));
        assertThat(copy).isInstanceOfSatisfying(RemoteTaskException.class, e -> {
            assertThat(e.className()).isEqualTo("java.io.IOException");
            assertThat(e.originalMessage()).isEqualTo("a");
            assertThat(e.getStackTrace()[0]).hasToString(original.getStackTrace()[0].toString());
            assertThat(e.getSuppressed()).hasSize(1);
        });
        assertThat(copy.getCause()).isInstanceOfSatisfying(RemoteTaskException.class, e -> {
            assertThat(e.className()).isEqualTo("java.lang.IllegalStateException");
            assertThat(e.originalMessage()).isNull();
        });
    }

    @Test
    void anExceptionTooLongForAMessageIsDescribed() throws Exception {
        byte[] bytes = codec.encode(new IOException("x".repeat(50_000)), 20_000);
        assertThat(bytes).hasSizeLessThanOrEqualTo(20_000);
        assertThat(codec.decode(ByteBuffer.wrap(bytes))).isInstanceOf(RemoteTaskException.class);
    }

    @Test
    void everyCutIsRefusedOrStillDescribesTheException() throws Exception {
        byte[] bytes = codec.encode(new IOException("a"), MAX);
        for (int length = 0; length < bytes.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(bytes, length));
            assertThatIOException().as("length %d", length).isThrownBy(() -> codec.decode(cut));
        }
    }
}
