/**
 * REST: OpenAPI first, one handler an operation; reads what the runtime publishes, never blocks an
 * event loop.
 */
@NullMarked
package dev.mallard.api;

import org.jspecify.annotations.NullMarked;
