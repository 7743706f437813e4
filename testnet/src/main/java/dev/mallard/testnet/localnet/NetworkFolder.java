package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a network keeps everything it has: state file, logs, and a folder for each node. Removing
 * touches only what a network puts there.
 */
public record NetworkFolder(Path root) {
  /** Where a network lives unless told otherwise, below the current folder. */
  public static final String DEFAULT = ".mallard/testnet";

  private static final String STATE = "network.json";
  private static final List<String> OWNED = List.of("logs", "nodes", "chains", STATE);

  public NetworkFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** A new name among the system's temporary folders, for networks that end with their program. */
  public static NetworkFolder temporary() {
    long random = new SecureRandom().nextLong();
    return new NetworkFolder(
        Path.of(System.getProperty("java.io.tmpdir"), "mallard-" + Long.toHexString(random)));
  }

  /** Makes the folders that a network writes into, for this user alone. */
  public void create() throws IOException {
    createPrivate(root);
    for (Path folder : List.of(logs(), chains(), root.resolve("nodes"))) {
      createPrivate(folder);
    }
  }

  /** Whether there is nothing yet that a network could take for its own. */
  public boolean isAbsentOrEmpty() throws IOException {
    if (!Files.exists(root)) {
      return true;
    }
    if (!Files.isDirectory(root)) {
      return false;
    }
    try (var entries = Files.newDirectoryStream(root)) {
      return !entries.iterator().hasNext();
    }
  }

  private static void createPrivate(Path folder) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  /** What runs here, for other processes. */
  public Path stateFile() {
    return root.resolve(STATE);
  }

  /** Every child's log. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** Log of one child. */
  public Path log(String name) {
    return logs().resolve(name + ".log");
  }

  /** Working folder of the chains. */
  public Path chains() {
    return root.resolve("chains");
  }

  /** Keys, configuration and data of one node. */
  public Path node(String name) {
    return root.resolve("nodes").resolve(name);
  }

  /** Temporary files of one node: a killed one cannot remove them itself. */
  public Path temporaryFiles(String name) {
    return root.resolve("nodes").resolve(name + ".tmp");
  }

  /** Validators of one chain, as the nodes of the other read them. */
  public Path validatorsFile(long chainId) {
    return root.resolve("nodes").resolve("validators-" + chainId + ".toml");
  }

  /**
   * Deletes what a network put here, and the folder and its {@code .mallard} parent if nothing else
   * is in them.
   */
  public void remove() throws IOException {
    for (String name : OWNED) {
      deleteTree(root.resolve(name));
    }
    deleteIfEmpty(root);
    Path parent = root.getParent();
    if (parent != null && parent.endsWith(".mallard")) {
      deleteIfEmpty(parent);
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    boolean empty;
    try (var entries = Files.newDirectoryStream(folder)) {
      empty = !entries.iterator().hasNext();
    }
    if (empty) {
      Files.delete(folder);
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
