package dev.pinfactory.faults.security.parser;

import java.util.List;

/**
 * What reads bytes that a stranger made.
 *
 * @param name of its corpus, too
 * @param longest input in bytes that is tried
 * @param watched classes whose branches tell the fuzzer what is new, as patterns: of everything, a process would take a minute to start
 */
public record UntrustedParser(String name, int longest, List<String> watched, Reading reading) {
    public UntrustedParser {
        watched = List.copyOf(watched);
    }

    /** Reads; a refusal that the parser declares is an answer, anything else that it throws is a fault. */
    public interface Reading {
        void read(byte[] input) throws Exception;
    }
}
