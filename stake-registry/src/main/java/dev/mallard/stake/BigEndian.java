package dev.mallard.stake;

import java.util.HexFormat;
import java.util.Objects;

/** Big-endian words in byte arrays, and strict hex, for the fixed-size values of this package. */
final class BigEndian {

  private static final String HEX_PREFIX = "0x";

  private BigEndian() {}

  static long longAt(byte[] bytes, int offset) {
    return ((long) intAt(bytes, offset) << 32) | (intAt(bytes, offset + 4) & 0xffff_ffffL);
  }

  static int intAt(byte[] bytes, int offset) {
    Objects.checkFromIndexSize(offset, Integer.BYTES, bytes.length);
    return (bytes[offset] & 0xff) << 24
        | (bytes[offset + 1] & 0xff) << 16
        | (bytes[offset + 2] & 0xff) << 8
        | (bytes[offset + 3] & 0xff);
  }

  static void putLong(long value, byte[] target, int offset) {
    putInt((int) (value >>> 32), target, offset);
    putInt((int) value, target, offset + 4);
  }

  static void putInt(int value, byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, Integer.BYTES, target.length);
    target[offset] = (byte) (value >>> 24);
    target[offset + 1] = (byte) (value >>> 16);
    target[offset + 2] = (byte) (value >>> 8);
    target[offset + 3] = (byte) value;
  }

  static byte[] bytesOfHex(String hex, int length, String what) {
    int hexLength = HEX_PREFIX.length() + 2 * length;
    if (hex.length() != hexLength || !hex.startsWith(HEX_PREFIX) || !isHex(hex)) {
      throw new IllegalArgumentException(
          what
              + " is 0x and "
              + 2 * length
              + " hex digits, got '"
              + abbreviate(hex, hexLength)
              + "'");
    }
    return HexFormat.of().parseHex(hex, HEX_PREFIX.length(), hexLength);
  }

  private static boolean isHex(String hex) {
    return hex.chars().skip(HEX_PREFIX.length()).allMatch(HexFormat::isHexDigit);
  }

  private static String abbreviate(String text, int lengthMax) {
    return text.length() <= lengthMax ? text : text.substring(0, lengthMax) + "…";
  }
}
