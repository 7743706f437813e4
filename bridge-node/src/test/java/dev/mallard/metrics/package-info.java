/** Tests of the metrics. */
@NullMarked
package dev.mallard.metrics;

import org.jspecify.annotations.NullMarked;
