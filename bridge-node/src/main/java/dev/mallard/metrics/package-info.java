/** What a scraper reads: the node's published snapshots and counters in Prometheus' text format. */
@NullMarked
package dev.mallard.metrics;

import org.jspecify.annotations.NullMarked;
