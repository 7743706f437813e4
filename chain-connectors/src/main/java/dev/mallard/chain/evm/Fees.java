package dev.mallard.chain.evm;

import java.math.BigInteger;

/**
 * What a transaction offers (EIP-1559), in wei per gas.
 *
 * @param priorityFee to the block's proposer
 * @param feePerGas base fee and priority fee together, at most
 */
record Fees(BigInteger priorityFee, BigInteger feePerGas) {}
