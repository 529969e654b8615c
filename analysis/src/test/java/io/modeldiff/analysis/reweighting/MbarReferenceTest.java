package io.modeldiff.analysis.reweighting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Six harmonic oscillators, against another implementation's numbers. */
class MbarReferenceTest {
  private static JsonNode reference;
  private static MbarProblem problem;
  private static MbarOutcome.Solved solved;

  @BeforeAll
  static void solveReference() throws IOException {
    try (InputStream in =
        MbarReferenceTest.class.getResourceAsStream("/reference/harmonic_6x200.json")) {
      reference = new ObjectMapper().readTree(in);
    }
    problem =
        MbarProblem.ofReducedPotentials(matrix("u_kn"), vector("N_k"), List.of(new Pin(0, 0.0)));
    solved = MbarSolver.solve(problem).require();
  }

  @Test
  void solve_harmonicOscillators_freeEnergiesAgreeTo1e8() {
    assertThat(solved.f()).containsExactly(vector("f_k_polished"), within(1e-10));
    assertThat(solved.f()).containsExactly(vector("f_k"), within(1e-8));
    assertThat(solved.residual()).isLessThan(1e-10);
  }

  @Test
  void solve_farStart_reachesTheSameSolution() {
    double[] far = {0, 400, -300, 50, -1000, 777};
    assertThat(MbarSolver.solve(problem, far).require().f())
        .containsExactly(vector("f_k_polished"), within(1e-10));
  }

  @Test
  void solve_otherPin_shiftsAllByAConstant() {
    MbarProblem other =
        MbarProblem.ofReducedPotentials(matrix("u_kn"), vector("N_k"), List.of(new Pin(3, 1.25)));
    double[] f = MbarSolver.solve(other).require().f();
    for (int k = 0; k < 6; k++) {
      assertThat(f[k] - f[3]).isCloseTo(solved.f()[k] - solved.f()[3], within(1e-10));
    }
    assertThat(f[3]).isEqualTo(-1.25);
  }

  @Test
  void errors_harmonicOscillators_agreeWithReference() {
    MbarErrors errors = MbarErrors.of(problem, solved);
    double[][] expected = matrix("dDelta_f");
    double[][] overlap = matrix("overlap_matrix");
    for (int k = 0; k < 6; k++) {
      for (int l = 0; l < 6; l++) {
        assertThat(errors.seOfDifference(k, l)).isCloseTo(expected[k][l], within(1e-8));
        assertThat(errors.overlap()[k][l]).isCloseTo(overlap[k][l], within(1e-10));
      }
      assertThat(errors.effectiveSamples()[k])
          .isCloseTo(vector("effective_sample_number")[k], within(1e-7));
    }
  }

  @Test
  void solve_stateWithoutSamples_isReweightedFromTheOthers() {
    double[] counts = vector("N_k");
    double[][] u = matrix("u_kn");
    double[][] more = new double[7][];
    System.arraycopy(u, 0, more, 0, 6);
    more[6] = u[2];
    double[] seven = java.util.Arrays.copyOf(counts, 7);
    double[] f =
        MbarSolver.solve(MbarProblem.ofReducedPotentials(more, seven, List.of(new Pin(0, 0.0))))
            .require()
            .f();
    assertThat(f[6]).isCloseTo(f[2], within(1e-10));
  }

  @Test
  void solve_statesWithoutOverlap_failsAndSaysWhich() {
    double[][] u = {{0, 0, 5000, 5000}, {5000, 5000, 0, 0}};
    MbarOutcome outcome =
        MbarSolver.solve(
            MbarProblem.ofReducedPotentials(u, new double[] {2, 2}, List.of(new Pin(0, 0.0))));
    assertThat(outcome).isInstanceOf(MbarOutcome.Failed.class);
    assertThat(((MbarOutcome.Failed) outcome).reason()).contains("rung 1");
  }

  private static double[] vector(String field) {
    JsonNode node = reference.get(field);
    double[] v = new double[node.size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = node.get(i).asDouble();
    }
    return v;
  }

  private static double[][] matrix(String field) {
    JsonNode node = reference.get(field);
    double[][] m = new double[node.size()][node.get(0).size()];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m[i].length; j++) {
        m[i][j] = node.get(i).get(j).asDouble();
      }
    }
    return m;
  }
}
