package dev.mallard.c3b.stream;

/** A bundle's entries as bytes. The core carries it unseen; it is never copied on the way. */
public interface BundleBody {
  /** Size in bytes, what the byte windows count ([SEND-2]). */
  int sizeBytes();
}
