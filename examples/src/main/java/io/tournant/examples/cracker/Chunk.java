package io.tournant.examples.cracker;

import io.tournant.core.Task;
import io.tournant.core.TaskContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The task: try all candidates of a range of words. The same record runs on a thread and in a worker process; there it
 * arrives as two sources and two numbers, and finds the words loaded by the chunk before it.
 *
 * <p>It is pure: to run it again, when its worker was lost, is right.
 *
 * @param words where the words come from
 * @param hashes where the wanted hashes come from
 * @param from the index of the first word
 * @param to the index after the last word
 */
record Chunk(Source words, Source hashes, int from, int to) implements Task<ChunkResult> {

    /** Splits a list of words into chunks that hold each word once. */
    static List<Chunk> split(Source words, Source hashes, int wordsPerChunk) {
        int size = WordList.of(words).words().size();
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < size; from += wordsPerChunk) {
            chunks.add(new Chunk(words, hashes, from, Math.min(from + wordsPerChunk, size)));
        }
        return chunks;
    }

    @Override
    public ChunkResult call() {
        TaskContext context = TaskContext.current();
        context.progress(0, to - from, "begun");
        Search search = new Search(Targets.of(hashes));
        for (String word : WordList.of(words).words().subList(from, to)) {
            context.checkCancelled();
            Mangler.mangle(word, search);
        }
        return search.result();
    }
}
