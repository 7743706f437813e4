package dev.mallard.testnet.localnet;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this very program is started again, as a node: same Java, same classes, a small heap. */
public final class JavaCommand {
  /** The program that nodes are. */
  static final String MAIN = "dev.mallard.testnet.app.Mallard";

  /** A node idles in little memory; its windows bound what it needs under load. */
  private static final List<String> NODE_OPTIONS =
      List.of(
          "-Xms24m",
          "-Xmx128m",
          "-Xss512k",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:MaxMetaspaceSize=128m",
          "-XX:ReservedCodeCacheSize=48m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dio.netty.allocator.numDirectArenas=2",
          "-Dio.netty.allocator.numHeapArenas=1",
          "-Dvertx.disableFileCaching=true",
          "-Drx2.purge-enabled=false"); // a timer of web3j's that nothing here needs

  private JavaCommand() {}

  /**
   * The command line of a node process.
   *
   * @param main class of the program
   * @param temporary where it unpacks libraries and the like
   */
  public static List<String> node(String main, Path config, Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String launched = System.getProperty("mallard.args", "");
    if (launched.isEmpty()) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
      command.add("-XX:+UseSerialGC");
      command.add("-cp");
      command.add(
          System.getProperty("java.class.path", "")
              .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator));
    } else {
      command.add("@" + launched);
    }
    command.addAll(NODE_OPTIONS);
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of(main, "node", "--config", config.toString()));
    return command;
  }
}
