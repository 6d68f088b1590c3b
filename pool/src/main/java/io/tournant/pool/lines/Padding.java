package io.tournant.pool.lines;

/**
 * Keeps the fields of its subclasses away from what lies before them in memory: 128 bytes, two lines of a cache, which
 * many processors fetch together. What lies behind is kept away by a subclass of the same kind, by custom named {@code
 * Apart}: a class's own fields may be laid out in any order, but behind those that it inherits, unless these leave a hole.
 *
 * @implNote Threads that write to objects of their own must not share lines, or each waits for the other's. Where objects
 *     lie next to each other is not for a program to say: a garbage collection moves the objects of one class together,
 *     whoever uses them.
 */
@SuppressWarnings("unused") // by their place
public abstract class Padding {

    /** Fills the hole between a header of twelve bytes and the first long, where a field of a subclass would go else. */
    private int hole;

    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    /** Creates it. */
    protected Padding() {}
}
