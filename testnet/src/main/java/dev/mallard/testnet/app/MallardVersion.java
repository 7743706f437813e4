package dev.mallard.testnet.app;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Answers {@code --version} with what the build wrote into the jar's manifest. */
final class MallardVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String built = MallardVersion.class.getPackage().getImplementationVersion();
    return new String[] {"mallard " + Objects.requireNonNullElse(built, "(unpackaged)")};
  }
}
