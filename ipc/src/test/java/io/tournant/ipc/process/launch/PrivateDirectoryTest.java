package io.tournant.ipc.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

final class PrivateDirectoryTest {

    @Test
    void nobodyElseMayEnterAndNothingIsLeft() throws Exception {
        Path path;
        try (PrivateDirectory directory = PrivateDirectory.create()) {
            path = directory.path();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
            Files.createDirectory(path.resolve("a"));
            Files.writeString(path.resolve("a").resolve("b"), "");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aSweepTakesTheDirectoriesOfDeadProcessesAndLeavesThoseOfTheLiving() throws Exception {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long self = ProcessHandle.current().pid();
        Path ofAnEarlierProcessOfThisPid = temporary.resolve("tournant-" + self + "-1-x");
        Files.createDirectory(ofAnEarlierProcessOfThisPid);
        Files.writeString(ofAnEarlierProcessOfThisPid.resolve("arguments"), "");
        try (PrivateDirectory live = PrivateDirectory.create()) {
            PrivateDirectory.sweep();
            assertThat(live.path()).exists();
            assertThat(ofAnEarlierProcessOfThisPid).doesNotExist();
        }
    }
}
