package io.tournant.pool.seeded;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.tournant.pool.parking.StackRoom;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** How the model checker is asked, and its answer, in this JVM; as a program, the answer of a class with a defect. */
public final class Lincheck {

    /** The exit status when no order of the operations explains what they returned. */
    static final int NO_ORDER = 7;

    private Lincheck() {}

    /** Throws LincheckAssertionError, with the interleaving, if there is one that no order of the operations explains. */
    public static void check(Class<?> operations, Class<?> specification) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(2)
                .iterations(15)
                .invocationsPerIteration(1_000)
                .minimizeFailedScenario(false)
                .addGuarantee(forClasses(StackRoom.class.getName()) // deep on purpose, and touches nothing
                        .allMethods()
                        .ignore())
                .sequentialSpecification(specification)
                .check(operations);
        System.out.printf("LINCHECK %s: no errors%n", nameOf(operations));
    }

    static String nameOf(Class<?> operations) {
        return operations.getNestHost().getSimpleName().replace("LincheckTest", "") + "." + operations.getSimpleName();
    }

    /** Checks the two classes that are named. */
    public static void main(String[] names) throws ClassNotFoundException {
        try {
            check(Class.forName(names[0]), Class.forName(names[1]));
        } catch (LincheckAssertionError noOrder) {
            System.out.println(noOrder.getMessage());
            System.exit(NO_ORDER);
        }
    }
}
