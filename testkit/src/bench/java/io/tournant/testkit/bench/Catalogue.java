package io.tournant.testkit.bench;

import io.tournant.testkit.bench.Contest.Contender;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Finds the cases among the benchmarks that JMH's annotation processor has listed. */
final class Catalogue {

    private Catalogue() {}

    /** Returns the cases on the class path, ordered by name of class, then of parameters. */
    static List<Contest> read(OutputFormat log) {
        Map<String, List<BenchmarkListEntry>> classes =
                BenchmarkList.defaultList().find(log, List.of(".*"), List.of()).stream()
                        .collect(Collectors.groupingBy(
                                BenchmarkListEntry::getUserClassQName, TreeMap::new, Collectors.toList()));
        List<Contest> contests = new ArrayList<>();
        classes.forEach((name, methods) -> contests.addAll(contests(name, methods)));
        return contests;
    }

    private static List<Contest> contests(String className, List<BenchmarkListEntry> methods) {
        BenchmarkCase declared = declared(className);
        Mode mode = only(
                className,
                "mode",
                methods.stream().map(BenchmarkListEntry::getMode).toList());
        TimeUnit scale = only(
                className,
                "output time unit",
                methods.stream()
                        .map(m -> m.getTimeUnit().orElse(TimeUnit.SECONDS))
                        .toList());
        Map<String, List<String>> parameters = only(
                className,
                "set of parameters",
                methods.stream().map(Catalogue::parameters).toList());
        List<Contender> contenders = contenders(className, methods);
        return combinations(parameters).stream()
                .map(values -> new Contest(declared, values, contenders, mode, scale))
                .toList();
    }

    private static BenchmarkCase declared(String className) {
        try {
            BenchmarkCase declared = Class.forName(className).getAnnotation(BenchmarkCase.class);
            if (declared == null) {
                throw new IllegalStateException("Annotate the benchmark with @BenchmarkCase: class=" + className);
            }
            return declared;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("JMH lists a benchmark that is not there; build cleanly", e);
        }
    }

    private static List<Contender> contenders(String className, List<BenchmarkListEntry> methods) {
        List<Contender> contenders = methods.stream()
                .map(BenchmarkListEntry::getUsername)
                .map(name -> new Contender(name.substring(name.lastIndexOf('.') + 1), name))
                .sorted(Comparator.comparing((Contender c) -> !c.name().equals(Contest.OURS))
                        .thenComparing(Contender::name))
                .toList();
        if (contenders.size() < 2 || !contenders.getFirst().name().equals(Contest.OURS)) {
            throw new IllegalStateException("A case has a method named ours and one for each peer: class=" + className
                    + " methods=" + contenders.stream().map(Contender::name).toList());
        }
        return contenders;
    }

    private static Map<String, List<String>> parameters(BenchmarkListEntry method) {
        Map<String, List<String>> sorted = new TreeMap<>();
        method.getParams().orElse(Map.of()).forEach((name, values) -> sorted.put(name, List.of(values)));
        return sorted;
    }

    private static <T> T only(String className, String what, Collection<T> values) {
        if (new HashSet<>(values).size() != 1) {
            throw new IllegalStateException(
                    "The methods of a case have the same " + what + ": class=" + className + " found=" + values);
        }
        return values.iterator().next();
    }

    /** Returns every choice of one value for each name. */
    static List<Map<String, String>> combinations(Map<String, List<String>> parameters) {
        List<Map<String, String>> chosen = List.of(Map.of());
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> values : chosen) {
                for (String value : parameter.getValue()) {
                    Map<String, String> next = new LinkedHashMap<>(values);
                    next.put(parameter.getKey(), value);
                    longer.add(next);
                }
            }
            chosen = longer;
        }
        return chosen;
    }
}
