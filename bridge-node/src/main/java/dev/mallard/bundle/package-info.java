/** From the entries of finalized blocks to bundles, the same at every correct replica ([OUT-3]). */
@NullMarked
package dev.mallard.bundle;

import org.jspecify.annotations.NullMarked;
