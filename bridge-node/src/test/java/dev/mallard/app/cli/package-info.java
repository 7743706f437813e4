/** Tests of the commands of one node. */
@NullMarked
package dev.mallard.app.cli;

import org.jspecify.annotations.NullMarked;
