package io.tournant.examples.cracker;

import java.io.Serializable;

/**
 * A password that was found.
 *
 * @param hash its SHA-256 in hex
 * @param password the password
 */
record Recovered(String hash, String password) implements Serializable {}
