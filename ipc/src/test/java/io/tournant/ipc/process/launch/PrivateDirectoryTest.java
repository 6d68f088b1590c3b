package io.tournant.ipc.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

final class PrivateDirectoryTest {

    @Test
    void nobodyElseMayEnterAndNothingIsLeft() throws Exception {
        Path path;
        try (PrivateDirectory directory = PrivateDirectory.create()) {
            path = directory.path();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            Files.createDirectory(path.resolve("a"));
            Files.writeString(path.resolve("a").resolve("b"), "");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aSweepTakesTheDirectoriesOfDeadProcessesAndLeavesThoseOfTheLiving() throws Exception {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path ofADeadProcess = Files.createDirectory(temporary.resolve("tournant-worker-99999999999999999999-x"));
        Files.writeString(ofADeadProcess.resolve("owner"), "");
        Files.writeString(ofADeadProcess.resolve("arguments"), "");
        Path beingMade = Files.createDirectory(temporary.resolve("tournant-worker-99999999999999999998-x"));
        try (PrivateDirectory live = PrivateDirectory.create();
                PrivateDirectory other = PrivateDirectory.create()) {
            live.sweep();
            assertThat(live.path()).exists();
            assertThat(other.path()).exists();
            assertThat(ofADeadProcess).doesNotExist();
            assertThat(beingMade).exists();
        } finally {
            Files.delete(beingMade);
        }
    }

    /** Holds the lock until it is killed. */
    static final class Owner {
        public static void main(String[] args) throws Exception {
            try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                System.out.println(lock.isValid() ? "locked" : "not locked");
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    @Test
    void aSweepLeavesADirectoryWhoseOwnerLivesInAnotherProcess() throws Exception {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path ofAnother = Files.createDirectory(temporary.resolve("tournant-worker-99999999999999999997-x"));
        Path lock = Files.createFile(ofAnother.resolve("owner"));
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        lock.toString())
                .start();
        try (PrivateDirectory live = PrivateDirectory.create()) {
            assertThat(owner.inputReader().readLine()).isEqualTo("locked");
            live.sweep();
            assertThat(ofAnother).exists();
            owner.destroyForcibly().waitFor();
            live.sweep();
            assertThat(ofAnother).doesNotExist();
        } finally {
            owner.destroyForcibly();
        }
    }
}
