package dev.mallard.testnet.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every clause of docs/PROTOCOL.md is named by code that implements it and by a test that exercises
 * it.
 */
final class SpecMapTest {
  private static final Pattern CLAUSE = Pattern.compile("^- \\*\\*\\[([A-Z]+[0-9]*-[0-9]+)]");
  private static final Pattern MENTION = Pattern.compile("\\[([A-Z]+[0-9]*-[0-9]+)]");
  private static final Pattern TEST_TAG = Pattern.compile("@Tag\\(\"([A-Z]+[0-9]*-[0-9]+)\"\\)");
  private static final Path ROOT = findRoot();

  @Test
  void theProtocolHasTheClausesOfTheDesign() {
    Set<String> clauses = clauses();
    assertTrue(clauses.size() >= 37, "PROTOCOL.md lost clauses: " + clauses);
  }

  @Test
  void everyClauseIsClaimedByCode() {
    assertEquals(
        Set.of(), missing(find(SpecMapTest::isMainSource, MENTION)), "clauses that no code names");
  }

  @Test
  void everyClauseIsExercisedByATest() {
    Set<String> tested = find(SpecMapTest::isJavaTest, TEST_TAG);
    tested.addAll(find(SpecMapTest::isSolidityTest, MENTION));
    assertEquals(Set.of(), missing(tested), "clauses that no test names");
  }

  @Test
  void codeNamesNoClauseThatDoesNotExist() {
    Set<String> known = clauses();
    Set<String> unknown = find(SpecMapTest::isMainSource, MENTION);
    unknown.addAll(find(SpecMapTest::isJavaTest, TEST_TAG));
    unknown.removeAll(known);
    unknown.removeIf(tag -> tag.startsWith("EPOCH-"));
    assertEquals(Set.of(), unknown);
  }

  private static Set<String> missing(Set<String> present) {
    Set<String> missing = clauses();
    missing.removeAll(present);
    return missing;
  }

  private static Set<String> clauses() {
    Set<String> tags = new TreeSet<>();
    for (String line : read(ROOT.resolve("docs/PROTOCOL.md")).split("\n", -1)) {
      Matcher matcher = CLAUSE.matcher(line);
      if (matcher.find()) {
        tags.add(matcher.group(1));
      }
    }
    return tags;
  }

  private static Set<String> find(Predicate<String> files, Pattern pattern) {
    Set<String> tags = new TreeSet<>();
    try (Stream<Path> tree = Files.walk(ROOT)) {
      tree.filter(Files::isRegularFile)
          .filter(path -> files.test(ROOT.relativize(path).toString().replace('\\', '/')))
          .forEach(path -> {
            Matcher matcher = pattern.matcher(read(path));
            while (matcher.find()) {
              tags.add(matcher.group(1));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tags;
  }

  private static boolean isMainSource(String path) {
    return (path.contains("/src/main/java/") && path.endsWith(".java"))
        || (isSolidity(path) && !isSolidityTest(path));
  }

  private static boolean isJavaTest(String path) {
    return path.contains("/src/test/java/") && path.endsWith(".java");
  }

  private static boolean isSolidityTest(String path) {
    return isSolidity(path) && path.endsWith(".t.sol");
  }

  private static boolean isSolidity(String path) {
    return path.startsWith("contracts-abi/")
        && !path.contains("node_modules")
        && !path.contains("/target/")
        && path.endsWith(".sol");
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path findRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs/PROTOCOL.md"))) {
      folder = folder.getParent();
    }
    return java.util.Objects.requireNonNull(folder, "run this test inside the repository");
  }
}
