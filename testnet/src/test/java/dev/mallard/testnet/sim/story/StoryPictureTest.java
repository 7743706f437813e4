package dev.mallard.testnet.sim.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mallard.testnet.sim.Fault;
import dev.mallard.testnet.sim.Simulation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class StoryPictureTest {
  private static final Simulation.Result RUN = Runs.traced(Runs.plan());

  @Test
  void lanesArrowsMarksAndShadesAreThere() throws Exception {
    Document picture = parse(StoryPicture.of(RUN, Window.ALL));
    List<String> texts = all(picture, "text").map(Element::getTextContent).toList();
    for (int node = 0; node < RUN.plan().nodes(); node++) {
      assertTrue(texts.contains(RUN.plan().nameOf(node)));
    }
    assertTrue(
        texts.containsAll(List.of("chain a", "chain b", "liar", "down", "cut off", "faults over")),
        texts::toString);
    assertTrue(texts.contains("all guarantees held"));
    for (String mark : List.of("certified", "held", "quack", "executed", "lost", "kept", "tick")) {
      assertTrue(marks(picture, mark) > 1, mark + " is drawn, not only explained");
    }
    for (String arrow : List.of("first ab", "first ba", "again", "copy ab", "copy ba")) {
      assertTrue(paths(picture, arrow) > 1, arrow);
    }
  }

  @Test
  void thePictureInTheDocsIsOfTheRunAsItIsNow() throws Exception {
    String inDocs = Files.readString(Path.of("..", "docs", "simulation.svg"));
    assertTrue(
        inDocs.equals(StoryPicture.of(RUN, Window.ALL)),
        "draw it anew: ./mallard sim --plan testnet/src/test/resources/sim/picture.plan --svg"
            + " docs/simulation.svg");
  }

  @Test
  void aWindowOfTimeHoldsWhatHappensInIt() throws Exception {
    Document all = parse(StoryPicture.of(RUN, Window.ALL));
    Document part = parse(StoryPicture.of(RUN, new Window(1_000, 3_000)));
    assertTrue(marks(part, "held") > 1);
    assertTrue(marks(part, "held") < marks(all, "held"));
    assertEquals(0, texts(part).filter("faults over"::equals).count());
    assertThrows(IllegalArgumentException.class, () -> new Window(2_000, 2_000));
  }

  @Test
  void allSeedsCanBeDrawn() throws Exception {
    for (long seed = 1; seed <= 15; seed++) {
      Simulation.Result run = Runs.traced(Simulation.run(seed).plan());
      Document picture = parse(StoryPicture.of(run, Window.ALL));
      double width = Double.parseDouble(picture.getDocumentElement().getAttribute("width"));
      assertTrue(width >= 1_000 && width < 6_000, "width " + width + " of seed " + seed);
    }
  }

  @Test
  void everyKindOfFaultHasItsShade() throws Exception {
    Simulation.Result run =
        Runs.traced(
            Runs.plan(
                "fault crash",
                """
                fault disk-full node=a0 from-ms=1000 to-ms=2500
                fault rpc node=a2 kind=stale from-ms=1000 to-ms=2500
                fault chain-halt side=b from-ms=1000 to-ms=2500
                fault slow-links node=b0 extra-ms=100 from-ms=1000 to-ms=2500
                fault partition-one-way group=b2 from-ms=1000 to-ms=2500
                fault crash\
                """));
    assertEquals(
        7, run.plan().faults().stream().filter(fault -> fault.to() != Fault.FOR_EVER).count());
    List<String> titles =
        all(parse(StoryPicture.of(run, Window.ALL)), "title").map(Element::getTextContent).toList();
    for (String what :
        Set.of("disk full", "RPC stale", "no blocks", "slow +100 ms", "cut off one way")) {
      assertTrue(titles.contains(what + ", 1.000 to 2.500 s"), () -> what + " in " + titles);
    }
  }

  @Test
  void textIsNoMarkup() {
    assertEquals("a &lt;b&gt; &amp; &quot;c&quot;", Svg.escape("a <b> & \"c\""));
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static Stream<Element> all(Document picture, String tag) {
    NodeList nodes = picture.getElementsByTagName(tag);
    return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
        .map(i -> (Element) nodes.item(i));
  }

  private static Stream<String> texts(Document picture) {
    return all(picture, "text").map(Element::getTextContent);
  }

  private static long marks(Document picture, String symbol) {
    return all(picture, "use").filter(e -> e.getAttribute("href").equals("#" + symbol)).count();
  }

  private static long paths(Document picture, String look) {
    return all(picture, "path").filter(e -> e.getAttribute("class").equals(look)).count();
  }
}
