package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests of a contract within another test, which is to know whether they fail. */
final class ContractRun {

    private ContractRun() {}

    /** Returns which of the tests fail, and not only what is checked after each of them. */
    static Set<String> failures(Class<?> contract, Set<String> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        tests.stream().map(test -> selectMethod(contract, test)).toList())
                .configurationParameter(PromiseRecorder.OFF, "true")
                .build();
        Failures failures = new Failures();
        LauncherFactory.create().execute(request, failures);
        assertThat(failures.executed).isEqualTo(tests.size());
        return failures.names;
    }

    private static boolean isAfterwards(TestExecutionResult result) {
        return result.getThrowable()
                .map(Throwable::getMessage)
                .filter(message -> message.contains(ExecutorServiceFixture.TERMINATED_AFTERWARDS))
                .isPresent();
    }

    private static final class Failures implements TestExecutionListener {
        private final Set<String> names = new TreeSet<>();
        private int executed;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                executed++;
                if (result.getStatus() == TestExecutionResult.Status.FAILED && !isAfterwards(result)) {
                    names.add(test.getLegacyReportingName().replace("()", ""));
                }
            }
        }
    }
}
