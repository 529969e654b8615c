package io.modeldiff.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.web.LivePlatform;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.CampaignControl.Wish;
import io.modeldiff.web.service.Phase;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What watches a campaign is told of every round while it is news. */
@ExtendWith(LivePlatform.Shared.class)
class LiveProgressTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  @Test
  void events_whileACampaignRuns_tellOfEveryRoundWithinASecond(LivePlatform live) throws Exception {
    CampaignSpec spec = spec();
    String id = CampaignSpecs.id(spec);
    TreeMap<Long, Instant> told;
    try (LivePlatform.Front front = live.front()) {
      front
          .services()
          .campaigns()
          .begin(spec, null, new Wish("live", "live-progress"), Caller.local());
      told = listen(front.routes() + "campaigns/" + id + "/events");
    }
    List<Duration> lags = new ArrayList<>();
    for (RoundClosed closed : rounds(live, id)) {
      if (closed.at().isAfter(told.firstEntry().getValue())) {
        Instant heard = told.ceilingEntry(closed.round() + 1).getValue();
        lags.add(Duration.between(closed.at(), heard));
      }
    }
    lags.sort(null);
    System.out.printf(
        "Live progress after %d rounds: median %d ms, longest %d ms%n",
        lags.size(), lags.get(lags.size() / 2).toMillis(), lags.get(lags.size() - 1).toMillis());
    assertThat(lags).hasSizeGreaterThan(20);
    assertThat(lags.get(lags.size() - 1)).isLessThanOrEqualTo(LIMIT);
  }

  /** When a number of closed rounds was first told; returns when the campaign is over. */
  private static TreeMap<Long, Instant> listen(String url) throws Exception {
    TreeMap<Long, Instant> told = new TreeMap<>();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    try (InputStream stream =
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith("data: ")) {
          JsonNode summary = new JsonMapper().readTree(line.substring("data: ".length()));
          told.putIfAbsent(summary.get("round").asLong(), Instant.now());
          if (summary.get("phase").asText().equals(Phase.DONE.word())) {
            return told;
          }
        }
        line = lines.readLine();
      }
    }
    throw new IllegalStateException("the events ended before the campaign did");
  }

  private static List<RoundClosed> rounds(LivePlatform live, String campaign) {
    return RunningPlatform.await(
        new JournalReader(live.system())
            .current(Histories.campaign(campaign), 1, Long.MAX_VALUE, CampaignEvent.class)
            .map(Pair::second)
            .filter(RoundClosed.class::isInstance)
            .map(RoundClosed.class::cast)
            .runWith(Sink.seq(), live.system()));
  }

  private static CampaignSpec spec() {
    ModelDirectory model =
        ModelDirectory.open(Path.of("..", "models", "small-toy").toAbsolutePath().normalize());
    ModelInfo info = model.info("auto", "cpu");
    return CampaignSpecs.builder(
            new ModelRef(info.name(), info.directory().toString(), info.hash(), "auto"),
            InputSpaces.resolve(info, model.tokenizer(), 8, InputSpaces.BOS, InputSpaces.ALL),
            new NllRange(1.74, 2.00))
        .seed(20261128)
        .lanes(8)
        .ladder(0.6, 0.8, 1)
        .evaluations(12_000)
        .build();
  }
}
