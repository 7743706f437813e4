package dev.mallard.testnet.demo;

/**
 * One statement about the run that must hold.
 *
 * @param name what is claimed
 * @param detail figures if it holds, the violations if it doesn't
 */
public record Check(String name, boolean held, String detail) {}
