@NullMarked
package dev.mallard.testnet.demo;

import org.jspecify.annotations.NullMarked;
