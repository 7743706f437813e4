package dev.mallard.net;

import java.util.List;

/** How the Java process of a node must be started so that network buffers stay small. */
public final class NettyMemory {
  private NettyMemory() {}

  /**
   * Options for the command line: the pooled allocator, whose arenas can be bounded, with few
   * arenas of 1 MiB chunks and small caches; a cap on memory outside the heap; leave to call native
   * code.
   *
   * @param directMemoryMiB cap on buffers outside the heap
   */
  public static List<String> jvmOptions(int directMemoryMiB) {
    return List.of(
        "-XX:MaxDirectMemorySize=" + directMemoryMiB + "m",
        "-Dio.netty.maxDirectMemory=0",
        "-Dio.netty.allocator.type=pooled",
        "-Dio.netty.allocator.numDirectArenas=2",
        "-Dio.netty.allocator.numHeapArenas=1",
        "-Dio.netty.allocator.maxOrder=7",
        "-Dio.netty.allocator.smallCacheSize=64",
        "-Dio.netty.allocator.normalCacheSize=16",
        "--enable-native-access=ALL-UNNAMED");
  }
}
