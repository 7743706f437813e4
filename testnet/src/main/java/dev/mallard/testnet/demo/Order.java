package dev.mallard.testnet.demo;

import dev.mallard.testnet.demo.Transfer.Asset;
import dev.mallard.testnet.demo.Transfer.Phase;
import dev.mallard.testnet.demo.Transfer.Purpose;
import java.math.BigInteger;

/**
 * A transfer to be sent.
 *
 * @param side 0 if it starts on the first chain, 1 on the second
 */
public record Order(int side, Asset asset, BigInteger amount, Purpose purpose, Phase phase) {}
