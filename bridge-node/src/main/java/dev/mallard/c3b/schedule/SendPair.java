package dev.mallard.c3b.schedule;

/**
 * Who sends a bundle to whom.
 *
 * @param sender index in the source's stake table
 * @param receiver index in the destination's stake table
 */
public record SendPair(int sender, int receiver) {}
