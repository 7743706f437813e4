package dev.mallard.testnet.sim.story;

import dev.mallard.testnet.sim.Simulation;
import dev.mallard.testnet.sim.Story;
import java.util.List;
import java.util.Locale;

/**
 * The story of a traced run as a picture (SVG): replicas and chains as lanes, time to the right,
 * bundles as arrows, faults as shades. Acks and attestations are not drawn; what they lead to is.
 */
public final class StoryPicture {
  private StoryPicture() {}

  /** Draws a part of a run; what lies past its end is cut off. */
  public static String of(Simulation.Result result, Window wanted) {
    Window window = within(result, wanted);
    List<Story.Event> events = result.story().events();
    Scale scale = Scale.of(result.plan(), window, events);
    Svg svg = new Svg();
    Frame frame = new Frame(result, window, scale, svg);
    svg.raw(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$.0f %2$.0f\""
                + " width=\"%1$.0f\" height=\"%2$.0f\" role=\"img\" aria-label=\"A run of the"
                + " simulator, seed %3$d\">",
            scale.width(),
            frame.height(),
            result.plan().seed()));
    svg.raw(Look.STYLE).raw(Look.DEFINITIONS);
    frame.title();
    new Legend(svg).draw();
    frame.lanes();
    frame.axis();
    new FaultLayer(result, window, scale, svg).draw();
    new ArrowLayer(result.plan(), window, scale, svg).draw(events);
    new MarkLayer(result.plan(), window, scale, svg).draw(events);
    frame.turns();
    frame.footer();
    return svg.end();
  }

  private static Window within(Simulation.Result result, Window wanted) {
    long end = Math.max(1, result.endMillis());
    return wanted.fromMillis() >= end
        ? new Window(0, end)
        : new Window(wanted.fromMillis(), Math.min(wanted.toMillis(), end));
  }
}
