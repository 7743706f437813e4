/** Tests of the configuration. */
@NullMarked
package dev.mallard.config;

import org.jspecify.annotations.NullMarked;
