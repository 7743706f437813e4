/**
 * Chains with an EVM and the bridge's contracts, over JSON-RPC. Everything that an RPC says is
 * untrusted until it passed the strict readers here; ABI encoding, transactions and signatures are
 * web3j's.
 */
@NullMarked
package dev.mallard.chain.evm;

import org.jspecify.annotations.NullMarked;
