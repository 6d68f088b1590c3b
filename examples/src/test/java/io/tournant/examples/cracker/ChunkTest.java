package io.tournant.examples.cracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.core.TaskExecutor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkTest {

    private static final Chunk CHUNK = new Chunk(WordList.SHIPPED, Targets.SHIPPED, 104_300, 104_334);

    @ParameterizedTest
    @ValueSource(ints = {1, 333, 400, 104_333, 104_334, 104_335})
    void theChunksHoldEachWordOnce(int wordsPerChunk) {
        List<Chunk> chunks = Chunk.split(WordList.SHIPPED, Targets.SHIPPED, wordsPerChunk);

        assertThat(chunks).allMatch(chunk -> chunk.to() - chunk.from() <= wordsPerChunk);
        assertThat(chunks.stream()
                        .flatMapToInt(chunk -> IntStream.range(chunk.from(), chunk.to()))
                        .toArray())
                .isEqualTo(IntStream.range(0, 104_334).toArray());
    }

    @Test
    void aChunkReportsWhatItTriedAndWhatItFound() throws Exception {
        long candidates = WordList.of(WordList.SHIPPED).words().subList(104_300, 104_334).stream()
                .mapToLong(Mangler::count)
                .sum();

        try (TaskExecutor executor = TaskExecutor.open("direct")) {
            assertThat(executor.submit(CHUNK).get())
                    .isEqualTo(new ChunkResult(
                            candidates, List.of(new Recovered(Hashes.hex("zygotes2026"), "zygotes2026"))));
        }
    }

    @Test
    void aChunkTravelsInAFewHundredBytes() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(CHUNK);
        }

        assertThat(bytes.size()).isLessThan(500);
        assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
                .isEqualTo(CHUNK);
    }
}
