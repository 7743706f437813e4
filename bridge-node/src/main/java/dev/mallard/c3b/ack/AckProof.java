package dev.mallard.c3b.ack;

/**
 * The signature under a cumulative acknowledgement, kept for quack certificates ([QUACK-2]); the
 * core carries it unseen.
 */
public interface AckProof {}
