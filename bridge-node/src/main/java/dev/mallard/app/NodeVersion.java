package dev.mallard.app;

import java.util.Optional;

/** The version that was built in. */
final class NodeVersion {
  private NodeVersion() {}

  /** As the jar's manifest says it; "dev" where classes run without one. */
  static String text() {
    return Optional.ofNullable(NodeVersion.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }
}
