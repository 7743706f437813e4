/** One configuration file a node: its keys, their checks, all mistakes at once. */
@NullMarked
package dev.mallard.config;

import org.jspecify.annotations.NullMarked;
