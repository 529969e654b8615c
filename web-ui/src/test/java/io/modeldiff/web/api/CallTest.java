package io.modeldiff.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.modeldiff.web.access.Caller;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTest {
  private static Call call(String body) {
    return new Call(Caller.local(), Map.of(), Map.of(), body);
  }

  @Test
  void read_absentValueWrittenAsNull_isAbsent() throws Exception {
    Bodies.CorpusSpace body =
        call("{\"corpus\":\"c\",\"texts\":null,\"limit\":null}")
            .read(Bodies.CorpusSpace.class, "corpus");
    assertThat(body.corpus()).isEqualTo("c");
    assertThat(body.texts()).isNull();
    assertThat(body.limit()).isNull();
  }

  @Test
  void read_nullAmongListedValues_isRefused() {
    assertThatThrownBy(
            () ->
                call("{\"corpus\":\"c\",\"texts\":[null]}")
                    .read(Bodies.CorpusSpace.class, "corpus"))
        .isInstanceOf(JsonMappingException.class);
  }

  @Test
  void read_requiredValueWrittenAsNull_isMissing() {
    assertThatThrownBy(() -> call("{\"corpus\":null}").read(Bodies.CorpusSpace.class, "corpus"))
        .hasMessage("The field 'corpus' is missing.");
  }
}
