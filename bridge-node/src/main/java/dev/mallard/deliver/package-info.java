/** Who submits what to the destination chain, and when ([DLV-1] to [DLV-4]). */
@NullMarked
package dev.mallard.deliver;

import org.jspecify.annotations.NullMarked;
