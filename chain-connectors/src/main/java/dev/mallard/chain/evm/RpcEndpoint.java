package dev.mallard.chain.evm;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * JSON-RPC over HTTP with one URL. Several calls go in one request; time and size of the answer are
 * bounded ([G-4]). Thread-safe, and without any memory of what was asked before.
 */
final class RpcEndpoint {
  /** Most calls in one HTTP request; hosted nodes refuse more than 100. */
  static final int BATCH_CALLS_MAX = 64;

  private static final int HTTP_OK = 200;

  private final String name;
  private final HttpRequest template;
  private final HttpClient http;
  private final RpcLimits limits;
  private final JsonRpcWire wire = new JsonRpcWire();

  RpcEndpoint(URI url, HttpClient http, RpcLimits limits) {
    this.name = EndpointName.of(url);
    this.http = http;
    this.limits = limits;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(withoutUserInfo(url))
            .timeout(limits.requestTimeout())
            .header("content-type", "application/json");
    if (url.getUserInfo() != null) {
      String credentials =
          Base64.getEncoder().encodeToString(url.getUserInfo().getBytes(StandardCharsets.UTF_8));
      request.header("authorization", "Basic " + credentials);
    }
    this.template = request.build();
  }

  /** Without credentials. */
  String name() {
    return name;
  }

  /** Asks one thing. */
  RpcAnswer ask(RpcCall call) throws EndpointFaultException {
    return ask(List.of(call)).getFirst();
  }

  /** Asks several things at once; one answer a call, in order. */
  List<RpcAnswer> ask(List<RpcCall> calls) throws EndpointFaultException {
    List<RpcAnswer> answers = new ArrayList<>(calls.size());
    for (int from = 0; from < calls.size(); from += BATCH_CALLS_MAX) {
      List<RpcCall> batch = calls.subList(from, Math.min(calls.size(), from + BATCH_CALLS_MAX));
      answers.addAll(wire.decode(post(wire.encode(batch)), batch.size()));
    }
    return answers;
  }

  private byte[] post(byte[] body) throws EndpointFaultException {
    HttpRequest request =
        HttpRequest.newBuilder(template, (k, v) -> true)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return exchange(request);
    } catch (HttpTimeoutException | ConnectException e) {
      throw unreachable(e);
    } catch (IOException e) {
      return again(request, e);
    }
  }

  /** A kept connection may have died unnoticed: all our calls can be asked twice. */
  private byte[] again(HttpRequest request, IOException first) throws EndpointFaultException {
    if (first instanceof EndpointFaultException fault) {
      throw fault;
    }
    try {
      return exchange(request);
    } catch (EndpointFaultException e) {
      throw e;
    } catch (IOException e) {
      e.addSuppressed(first);
      throw unreachable(e);
    }
  }

  /** The request's own time-out ends with the headers, this one with the last byte. */
  private byte[] exchange(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), limits.responseBytesMax()));
    try {
      HttpResponse<byte[]> response =
          exchange.get(limits.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != HTTP_OK) {
        throw new EndpointFaultException("HTTP status " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new HttpTimeoutException(
          "no complete answer within " + limits.requestTimeout().toMillis() + " ms");
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new EndpointFaultException("interrupted", e);
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  private IOException failed(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof IOException io) {
      String message = String.valueOf(io.getMessage());
      return message.contains("exceed")
          ? new EndpointFaultException.TooMuch(
              "the answer is longer than " + limits.responseBytesMax() + " bytes")
          : io;
    }
    return new EndpointFaultException("request failed: " + cause, e);
  }

  private static EndpointFaultException unreachable(IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new EndpointFaultException("unreachable: " + why, e);
  }

  private static URI withoutUserInfo(URI url) {
    String text = url.toString();
    String info = url.getRawUserInfo();
    return info == null
        ? url
        : URI.create(text.replaceFirst(java.util.regex.Pattern.quote(info + "@"), ""));
  }
}
