package io.tournant.examples.forkjoin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySizeTest {

    @Test
    void everyFileIsCountedOnceAndLinksAreNotFollowed(@TempDir Path root) throws IOException {
        long expected = 0;
        for (int i = 0; i < 40; i++) {
            Path directory = Files.createDirectories(root.resolve("d" + i % 7).resolve("e" + i));
            Files.write(directory.resolve("file"), new byte[i]);
            expected += i;
        }
        Path link = Files.createSymbolicLink(root.resolve("link"), root);
        expected += Files.readSymbolicLink(link).toString().length();

        assertThat(DirectorySize.measure(root)).isEqualTo(expected);
    }
}
