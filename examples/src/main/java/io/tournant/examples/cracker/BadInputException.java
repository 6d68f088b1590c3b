package io.tournant.examples.cracker;

/** Thrown when the user gave something that cannot be used. The message says what, and what to do. */
final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadInputException(String message) {
        super(message);
    }

    BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
