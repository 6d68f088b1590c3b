package io.tournant.ipc.socket;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the dead have left, by its name: that says who made it. */
public final class Leftovers {

    /** What names begin with; the process id of the maker and another dash follow. */
    public static final String PREFIX = "tournant-";

    /** The form of {@link #freshName}, as a regular expression. */
    public static final String FRESH = PREFIX + "\\d{1,10}-[0-9a-f]{32}";

    private static final Pattern NAME = Pattern.compile(PREFIX + "(?<pid>\\d{1,18})-.*");

    /** No greeting takes longer. */
    private static final Duration OLD = Duration.ofHours(1);

    /** Within this time who made a thing may be one whom this process cannot see, in another container. */
    private static final Duration YOUNG = Duration.ofSeconds(30);

    private Leftovers() {}

    /** How a leftover is removed. */
    @FunctionalInterface
    public interface Broom {

        /**
         * Removes one.
         *
         * @param path where it is
         * @throws IOException if that is not possible
         */
        void remove(Path path) throws IOException;
    }

    /**
     * Makes a name that nobody has, and nobody guesses.
     *
     * @return the prefix, the id of this process, and 128 random bits
     */
    public static String freshName() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(bytes);
    }

    /**
     * Removes what is left in a directory of things that have a name for as long as a greeting takes.
     *
     * @param directory where; if it is not there or not to be read, nothing is done
     * @param suffix what names end with
     * @param broom how
     */
    public static void sweep(Path directory, String suffix, Broom broom) {
        sweep(directory, suffix, Leftovers::isOutlived, broom);
    }

    /**
     * Removes what is left in a directory of things that show by themselves whether somebody holds them.
     *
     * @param directory where; if it is not there or not to be read, nothing is done
     * @param suffix what names end with
     * @param broom how, unless somebody holds it; not asked for what is hardly made
     */
    public static void sweepUnheld(Path directory, String suffix, Broom broom) {
        sweep(directory, suffix, leftover -> age(leftover).compareTo(YOUNG) > 0, broom);
    }

    private static void sweep(Path directory, String suffix, DirectoryStream.Filter<Path> isLeft, Broom broom) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, PREFIX + "*" + suffix)) {
            for (Path each : all) {
                sweepOne(each, isLeft, broom);
            }
        } catch (IOException | DirectoryIteratorException e) { // somebody else sweeps it, or nobody may
            log().debug("A directory was not swept. directory={}", directory, e);
        }
    }

    private static void sweepOne(Path leftover, DirectoryStream.Filter<Path> isLeft, Broom broom) {
        try {
            if (isLeft.accept(leftover)) {
                broom.remove(leftover);
            }
        } catch (IOException e) { // swept by somebody else, or another user's
            log().debug("A leftover was not removed. path={}", leftover, e);
        }
    }

    private static boolean isOutlived(Path leftover) throws IOException {
        Duration age = age(leftover);
        return age.compareTo(OLD) > 0 || (age.compareTo(YOUNG) > 0 && isOrphan(leftover));
    }

    private static Duration age(Path leftover) throws IOException {
        Instant made =
                Files.getLastModifiedTime(leftover, LinkOption.NOFOLLOW_LINKS).toInstant();
        return Duration.between(made, Instant.now());
    }

    /** Returns whether the name of a leftover says who made it, and no such process is there. */
    private static boolean isOrphan(Path leftover) {
        Matcher name = NAME.matcher(leftover.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group("pid"))).isEmpty();
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Leftovers.class);
    }
}
