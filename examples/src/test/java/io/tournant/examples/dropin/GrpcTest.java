package io.tournant.examples.dropin;

import static io.grpc.stub.ServerCalls.asyncBidiStreamingCall;
import static io.grpc.stub.ServerCalls.asyncClientStreamingCall;
import static io.grpc.stub.ServerCalls.asyncServerStreamingCall;
import static io.grpc.stub.ServerCalls.asyncUnaryCall;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.tournant.core.ExecutorStats;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A gRPC server on a loopback socket whose calls, of all four kinds, are served by our tasks. Direct is in: gRPC allows a
 * caller that runs tasks where handlers never block, as here.
 */
class GrpcTest {

    private static final MethodDescriptor<String, String> HASH = method("Hash", MethodType.UNARY);
    private static final MethodDescriptor<String, String> FIND = method("Find", MethodType.SERVER_STREAMING);
    private static final MethodDescriptor<String, String> COUNT = method("Count", MethodType.CLIENT_STREAMING);
    private static final MethodDescriptor<String, String> SHOUT = method("Shout", MethodType.BIDI_STREAMING);

    private static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String>newBuilder(new Text(), new Text())
                .setFullMethodName(MethodDescriptor.generateFullMethodName("tournant.Words", name))
                .setType(type)
                .build();
    }

    /** A message is a text, so that no compiler of messages is needed. */
    private record Text() implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    // ------------------------------------------------------------------ the service

    private static ServerServiceDefinition service() {
        return ServerServiceDefinition.builder("tournant.Words")
                .addMethod(HASH, asyncUnaryCall(GrpcTest::hash))
                .addMethod(FIND, asyncServerStreamingCall(GrpcTest::find))
                .addMethod(COUNT, asyncClientStreamingCall(Counting::new))
                .addMethod(SHOUT, asyncBidiStreamingCall(Shouting::new))
                .build();
    }

    /** The hash of the word; no word is an invalid argument. */
    private static void hash(String word, StreamObserver<String> answer) {
        TaskContext.current().checkCancelled(); // fails where this is no task of ours
        if (word.isBlank()) {
            answer.onError(Status.INVALID_ARGUMENT.withDescription("No word").asRuntimeException());
            return;
        }
        answer.onNext(Words.sha256(List.of(word)));
        answer.onCompleted();
    }

    /** The words that begin so. */
    private static void find(String prefix, StreamObserver<String> answer) {
        Words.ALL.stream().filter(word -> word.startsWith(prefix)).forEach(answer::onNext);
        answer.onCompleted();
    }

    /** The number of letters in all words sent. */
    private static final class Counting extends Answering {
        private int letters;

        Counting(StreamObserver<String> answer) {
            super(answer);
        }

        @Override
        public void onNext(String word) {
            letters += word.length();
        }

        @Override
        public void onCompleted() {
            answer.onNext(Integer.toString(letters));
            answer.onCompleted();
        }
    }

    /** Each word in capitals. */
    private static final class Shouting extends Answering {

        Shouting(StreamObserver<String> answer) {
            super(answer);
        }

        @Override
        public void onNext(String word) {
            answer.onNext(word.toUpperCase(Locale.ROOT));
        }

        @Override
        public void onCompleted() {
            answer.onCompleted();
        }
    }

    private abstract static class Answering implements StreamObserver<String> {
        final StreamObserver<String> answer;

        Answering(StreamObserver<String> answer) {
            this.answer = answer;
        }

        @Override
        public void onError(Throwable failure) {
            answer.onError(failure);
        }
    }

    // ------------------------------------------------------------------ the calls

    @ParameterizedTest
    @EnumSource
    void hundredsOfConcurrentCallsAreAnswered(Backend backend) throws Exception {
        List<String> words = Words.ALL.stream().limit(500).toList();
        ExecutorStats stats = backend.serve(executor -> serveOn(executor, channel -> {
            List<ListenableFuture<String>> hashes = words.stream()
                    .map(word -> ClientCalls.futureUnaryCall(call(channel, HASH), word))
                    .toList();
            for (int i = 0; i < words.size(); i++) {
                assertThat(hashes.get(i))
                        .succeedsWithin(Duration.ofSeconds(30))
                        .isEqualTo(Words.sha256(List.of(words.get(i))));
            }
        }));
        assertThat(stats.submitted()).isGreaterThanOrEqualTo(words.size());
    }

    @ParameterizedTest
    @EnumSource
    void streamsOfAllKindsArriveInOrderSideBySide(Backend backend) throws Exception {
        List<String> words = Words.ALL.subList(1_000, 1_500);
        int streams = 10;
        backend.serve(executor -> serveOn(executor, channel -> {
            List<Collected> counted = new ArrayList<>();
            List<Collected> shouted = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                counted.add(new Collected());
                send(words, ClientCalls.asyncClientStreamingCall(call(channel, COUNT), counted.getLast()));
                shouted.add(new Collected());
                send(words, ClientCalls.asyncBidiStreamingCall(call(channel, SHOUT), shouted.getLast()));
            }
            List<String> found = new ArrayList<>();
            Iterator<String> stream = ClientCalls.blockingServerStreamingCall(call(channel, FIND), "under");
            stream.forEachRemaining(found::add);

            assertThat(found)
                    .hasSizeGreaterThan(100)
                    .isEqualTo(Words.ALL.stream()
                            .filter(word -> word.startsWith("under"))
                            .toList());
            String letters =
                    Integer.toString(words.stream().mapToInt(String::length).sum());
            assertThat(counted)
                    .allSatisfy(collected -> assertThat(collected.get()).containsExactly(letters));
            List<String> loud =
                    words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
            assertThat(shouted)
                    .allSatisfy(collected -> assertThat(collected.get()).isEqualTo(loud));
        }));
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsTheStatusOfItsCallAndOfNoOther(Backend backend) throws Exception {
        backend.serve(executor -> serveOn(executor, channel -> {
            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(() -> ClientCalls.blockingUnaryCall(call(channel, HASH), " "))
                    .withMessage("INVALID_ARGUMENT: No word");
            assertThat(ClientCalls.blockingUnaryCall(call(channel, HASH), "word"))
                    .isEqualTo(Words.sha256(List.of("word")));
        }));
    }

    private static ClientCall<String, String> call(ManagedChannel channel, MethodDescriptor<String, String> method) {
        return channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(30, SECONDS));
    }

    private static void send(List<String> words, StreamObserver<String> stream) {
        words.forEach(stream::onNext);
        stream.onCompleted();
    }

    /** Serves on a port of the loopback interface, and ends server and connection after the calls. */
    private static void serveOn(TaskExecutor executor, Consumer<ManagedChannel> calls) throws Exception {
        Server server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(executor)
                .addService(service())
                .build()
                .start();
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                        "127.0.0.1", server.getPort(), InsecureChannelCredentials.create())
                .build();
        try {
            calls.accept(channel);
        } finally {
            channel.shutdown();
            server.shutdown();
            assertThat(channel.awaitTermination(30, SECONDS)).isTrue();
            assertThat(server.awaitTermination(30, SECONDS)).isTrue();
        }
    }

    /** What a stream has brought. */
    private static final class Collected implements StreamObserver<String> {
        private final List<String> values = new ArrayList<>();
        private final CompletableFuture<List<String>> all = new CompletableFuture<>();

        List<String> get() {
            return all.orTimeout(30, SECONDS).join();
        }

        @Override
        public void onNext(String value) {
            values.add(value);
        }

        @Override
        public void onError(Throwable failure) {
            all.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            all.complete(values);
        }
    }
}
