/** The EVM connector against a real chain, straight and through an RPC that misbehaves. */
@NullMarked
package dev.mallard.chain.evm;

import org.jspecify.annotations.NullMarked;
