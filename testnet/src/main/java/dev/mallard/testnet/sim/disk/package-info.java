/**
 * The disk of a simulated replica: in memory, with the crashes, full disks and read errors of a
 * real one, under the journal and recovery that the node runs.
 */
@NullMarked
package dev.mallard.testnet.sim.disk;

import org.jspecify.annotations.NullMarked;
