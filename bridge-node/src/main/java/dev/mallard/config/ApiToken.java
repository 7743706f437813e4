package dev.mallard.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;

/** The bearer token of the REST interface. Compared in constant time and never shown. */
public final class ApiToken {
  /** Shortest token taken, in characters: 24 random letters and digits cannot be guessed. */
  public static final int TOKEN_CHARS_MIN = 24;

  /** Longest token taken, in characters. */
  public static final int TOKEN_CHARS_MAX = 512;

  private static final String REMEDY =
      String.format(
          Locale.ROOT,
          "write one line of %d to %d letters, digits or - . _ ~ + / = into it, for example from: openssl rand -hex 32",
          TOKEN_CHARS_MIN,
          TOKEN_CHARS_MAX);

  private final byte[] token;

  private ApiToken(byte[] token) {
    this.token = token;
  }

  /**
   * Reads the file's only line.
   *
   * @throws IOException whose message is the remedy, without a word of the token
   */
  public static ApiToken read(Path file) throws IOException {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(TOKEN_CHARS_MAX + 3), StandardCharsets.ISO_8859_1).strip();
    }
    boolean isToken =
        text.matches("[A-Za-z0-9._~+/=-]{" + TOKEN_CHARS_MIN + "," + TOKEN_CHARS_MAX + "}");
    if (!isToken) {
      throw new IOException(REMEDY);
    }
    return new ApiToken(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Whether a client presented it; takes the same time wherever the first difference is. */
  public boolean isPresentedAs(String presented) {
    return MessageDigest.isEqual(token, presented.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public String toString() {
    return "(a token)";
  }
}
