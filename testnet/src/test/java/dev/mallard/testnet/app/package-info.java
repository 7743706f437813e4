@NullMarked
package dev.mallard.testnet.app;

import org.jspecify.annotations.NullMarked;
