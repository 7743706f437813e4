package dev.mallard.api;

import dev.mallard.config.ApiToken;
import dev.mallard.config.NodeConfig;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST interface: read-only, bounded whatever clients do ([G-4]). Everything here runs on one
 * event loop of its own but the reads of the message index.
 */
public final class ApiServer {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final long SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final NodeConfig.Api config;
  private final ApiLimits limits;
  private final Connections connections;
  private final IndexReads reads;
  private final List<Operation> operations;
  private final HttpServer server;
  private long sweepTimer;

  /**
   * Binds nothing yet.
   *
   * @param metrics the text of one scrape; must return at once
   */
  public ApiServer(Vertx vertx, NodeConfig.Api config, NodeView view, Supplier<String> metrics) {
    this(vertx, config, ApiLimits.defaults(), view, metrics);
  }

  /** As above with other limits. */
  public ApiServer(
      Vertx vertx,
      NodeConfig.Api config,
      ApiLimits limits,
      NodeView view,
      Supplier<String> metrics) {
    this.vertx = vertx;
    this.config = config;
    this.limits = limits;
    this.connections = new Connections(limits, System::nanoTime);
    this.reads = new IndexReads(vertx, limits);
    this.server = vertx.createHttpServer(options());
    this.operations =
        List.of(
            new StatusHandler(view, System::currentTimeMillis),
            new StreamsHandler(view),
            new StreamHandler(view),
            new MessagesHandler(view, reads),
            new MessageHandler(view, reads),
            new PeersHandler(view),
            new LiveHandler(),
            new ReadyHandler(view),
            new MetricsHandler(metrics),
            new OpenApiHandler());
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHost(config.host())
        .setPort(config.port())
        .setIdleTimeout(limits.idleSecondsMax())
        .setMaxInitialLineLength(limits.requestLineBytesMax())
        .setMaxHeaderSize(limits.headerBytesMax())
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(false);
  }

  /** Listens; the future has the port, or an IOException with the remedy. */
  public Future<Integer> start() {
    Router router;
    try {
      router = router(gate());
    } catch (IOException unusableToken) {
      return Future.failedFuture(unusableToken);
    }
    sweepTimer = vertx.setPeriodic(SWEEP_MILLIS, timer -> connections.closeIdle());
    return server
        .connectionHandler(connections::onConnection)
        .invalidRequestHandler(ApiServer::refuseUnreadable)
        .requestHandler(request -> {
          connections.onRequest(request.connection());
          router.handle(request);
        })
        .listen()
        .map(HttpServer::actualPort)
        .recover(cause -> Future.failedFuture(cannotListen(cause)));
  }

  private IOException cannotListen(Throwable cause) {
    return new IOException(
        String.format(
            Locale.ROOT,
            "REST cannot listen on api.host %s, api.port %d (%s): choose a free port or an address of this machine",
            config.host(),
            config.port(),
            cause.getMessage()),
        cause);
  }

  private Gate gate() throws IOException {
    if (config.tokenFile().isEmpty() && !config.isLoopback()) {
      throw new IOException(
          "api.host "
              + config.host()
              + " is no loopback address: set api.token-file, or api.host to 127.0.0.1");
    }
    Optional<ApiToken> token = Optional.empty();
    if (config.tokenFile().isPresent()) {
      token = Optional.of(ApiToken.read(config.tokenFile().get()));
    }
    return new Gate(config.isLoopback(), token, new RateLimit(limits, System::nanoTime));
  }

  /** Stops listening, closes connections, and ends the reading threads. */
  public Future<Void> close() {
    vertx.cancelTimer(sweepTimer);
    return server.close().eventually(reads::close);
  }

  private Router router(Gate gate) {
    Router router = Router.router(vertx);
    router.route().handler(context -> pass(gate, context));
    for (Operation operation : operations) {
      router
          .route(operation.path())
          .method(HttpMethod.GET)
          .method(HttpMethod.HEAD)
          .handler(context -> run(operation, context));
    }
    router.route().failureHandler(ApiServer::onFailure);
    for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 500}) {
      router.errorHandler(status, ApiServer::onFailure);
    }
    return router;
  }

  private static void pass(Gate gate, RoutingContext context) {
    gate.checkRequest(context.request())
        .ifPresentOrElse(
            problem -> {
              if (problem.status() == 413) {
                context.response().putHeader("Connection", "close");
              }
              Exchange.sendProblem(context.request(), problem);
            },
            context::next);
  }

  private static void run(Operation operation, RoutingContext context) {
    Optional<String> mediaType =
        Optional.ofNullable(context.request().getHeader("Accept"))
            .map(header -> AcceptHeader.parse(header).choose(operation.mediaTypes()))
            .orElse(Optional.of(operation.mediaTypes().getFirst()));
    if (mediaType.isEmpty()) {
      Exchange.sendProblem(context.request(), Problem.notAcceptable(operation.mediaTypes()));
      return;
    }
    Parameters parameters = new Parameters(context.queryParams(), operation.parameters());
    String pathText = Optional.ofNullable(context.pathParam("id")).orElse("");
    Exchange exchange = new Exchange(context.request(), parameters, pathText, mediaType.get());
    if (!operation.parameters().isEmpty() || exchange.checkParameters()) {
      operation.handle(exchange);
    }
  }

  private static void onFailure(RoutingContext context) {
    Problem problem =
        switch (context.statusCode()) {
          case 400 -> Problem.badRequest();
          case 404 -> Problem.noSuchPath();
          case 405 -> Problem.wrongMethod();
          default -> Problem.internal();
        };
    if (problem.status() == 500) {
      LOG.error(
          "Answering {} failed; please report this", context.request().path(), context.failure());
    }
    Exchange.sendProblem(context.request(), problem);
  }

  private static void refuseUnreadable(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem =
        switch (cause) {
          case TooLongHttpLineException line -> Problem.tooLong(414);
          case TooLongHttpHeaderException headers -> Problem.tooLong(431);
          case null, default -> Problem.badRequest();
        };
    request.response().putHeader("Connection", "close");
    Exchange.sendProblem(request, problem);
    request.connection().close();
  }
}
