@NullMarked
package dev.mallard.testnet.localnet;

import org.jspecify.annotations.NullMarked;
