/** Commands of one node: run it, check its configuration. */
@NullMarked
package dev.mallard.app.cli;

import org.jspecify.annotations.NullMarked;
