package dev.mallard.testnet.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTextTest {
  private static final int SEEDS = 400;

  private static final String GOOD =
      """
      mallard-sim-plan 1
      seed 7
      side a stakes=1,1,1,1 u=1 r=1
      chain a block-ms=400 finality-blocks=1 reorg-permille=0 reorg-depth=0 drop-permille=0 stuck-permille=0 delay-permille=0 delay-blocks=0
      side b stakes=5 u=1 r=1
      chain b block-ms=400 finality-blocks=1 reorg-permille=0 reorg-depth=0 drop-permille=0 stuck-permille=0 delay-permille=0 delay-blocks=0
      c3b window-bundles=16 window-bytes=65536 phi-bits=16 quantum=16 tick-ms=100 loss-timeout-initial-ms=800 loss-timeout-min-ms=600 loss-timeout-max-ms=4000 ack-interval-ms=100 heartbeat-ms=1500 fetch-batch=16
      node takeover-blocks=3 retention-bundles=4
      net delay-ms=40 jitter-ms=30 loss-permille=60 duplicate-permille=0 reorders=no
      machine lag-ms=0 work-ms=2 fsync-ms=8 rpc-ms=10 journal-commits=8192
      traffic transfers=7 gap-ms=450 padding-bytes=64 fail-permille=100 deadline-permille=0 probes=1
      healed 6000
      fault crash node=a1 from-ms=1500 to-ms=3600
      liar a3 no-acks
      """;

  @Test
  void whatIsWrittenIsReadAsTheSamePlan() throws PlanException {
    for (long seed = 0; seed < SEEDS; seed++) {
      SimPlan plan = PlanDraw.draw(seed);
      assertEquals(plan, PlanReader.read(PlanText.of(plan)), "seed " + seed);
    }
  }

  @Test
  void aPlanReadRunsAsThePlanWritten() throws PlanException {
    SimPlan plan = PlanDraw.draw(2);
    SimPlan read = PlanReader.read(PlanText.of(plan));
    assertEquals(
        Simulation.run(plan, Mutant.NONE, false).digest(),
        Simulation.run(read, Mutant.NONE, false).digest());
  }

  @Test
  void commentsAndEmptyLinesSayNothing() throws PlanException {
    String commented = GOOD.replace("seed 7\n", "# kept since it failed\n\nseed 7 # of a night\n");
    assertEquals(PlanReader.read(GOOD), PlanReader.read(commented));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mallard-sim-plan 1   | mallard-sim-plan 2        | line 1: a plan begins with "mallard-sim-plan 1"
          seed 7               | seed seven                | line 2: seed is "seven", must be a whole number
          seed 7               | seed -7                   | line 2: seed is "-7", must be a whole number
          seed 7               | seed                      | line 2: expected 2 words before the fields
          seed 7               | seed 7 8                  | line 2: expected 2 words before the fields
          stakes=1,1,1,1       | stakes=1,1,,1             | line 3: stake is "", must be a whole number
          u=1 r=1              | u=2 r=1                   | line 3: total stake must be at least 2u + r + 1 = 6
          u=1 r=1              | u=1 r=2                   | line 3: stake that may lie is part of the stake that may fail
          u=1 r=1              | u=1                       | line 3: r=… is missing; expected stakes, u, r
          u=1 r=1              | u=1 u=1 r=1               | line 3: u is there twice
          u=1 r=1              | u=1 r=1 v=1               | line 3: unknown field v; expected stakes, u, r
          u=1 r=1              | u=1 r=1 v                 | line 3: expected key=value, got "v"
          block-ms=400         | block-ms=0                | line 4: block-ms is 0, must be from 1 to
          phi-bits=16          | phi-bits=17               | line 7: phiBits 17 > windowBundles 16
          reorders=no          | reorders=maybe            | line 9: reorders is "maybe", must be yes or no
          loss-permille=60     | loss-permille=1001        | line 9: loss-permille is 1001, must be from 0 to 1000
          transfers=7          | transfers=99999999999     | line 11: transfers is 99999999999, must be from 0 to
          machine lag          | machines lag              | line 10: unknown subject "machines"
          fault crash          | fault flood               | line 13: unknown fault "flood", must be crash,
          node=a1              | node=a9                   | line 13: no replica is called "a9"
          to-ms=3600           | to-ms=1499                | line 13: to-ms is 1499, must be from 1500
          from-ms=1500 to-ms=3600 | from-ms=6000 to-ms=6001 | must begin before it ends and before 6000 ms
          to-ms=3600           | to-ms=never               | liars of side a and replicas that never come back have stake 2, at most u = 1
          liar a3 no-acks      | liar a3 sings             | line 14: act is "sings", must be one of acks-high,
          liar a3 no-acks      | liar b0 no-acks           | liars of side b have stake 5, at most r = 1
          """)
  void aPlanThatIsWrongIsRefusedByName(String right, String wrong, String message) {
    assertTrue(GOOD.contains(right), right);
    PlanException refused =
        assertThrows(PlanException.class, () -> PlanReader.read(GOOD.replaceFirst(right, wrong)));
    assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
  }

  @Test
  void everySubjectIsThereOnce() {
    for (String line : GOOD.lines().skip(1).limit(11).toList()) {
      assertThrows(PlanException.class, () -> PlanReader.read(GOOD + line + "\n"), line);
      assertThrows(PlanException.class, () -> PlanReader.read(GOOD.replace(line + "\n", "")), line);
    }
  }
}
