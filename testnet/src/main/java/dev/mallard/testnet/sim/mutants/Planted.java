package dev.mallard.testnet.sim.mutants;

import dev.mallard.testnet.sim.Mutant;

/**
 * A planted fault.
 *
 * @param name on the command line
 * @param what was done wrong, in a sentence
 */
public record Planted(String name, String what, Mutant mutant) {}
