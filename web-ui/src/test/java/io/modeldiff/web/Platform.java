package io.modeldiff.web;

import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.UserStore;
import io.modeldiff.web.service.AnnotationService;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.CorpusService;
import io.modeldiff.web.service.InstanceService;
import io.modeldiff.web.service.JobService;
import io.modeldiff.web.service.ModelService;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.service.Subscription;
import io.modeldiff.web.service.SystemService;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A platform on which nothing was registered and nothing ran, for tests of what people see then.
 */
public final class Platform {
  private Platform() {}

  /** Loopback, no users. */
  public static Services empty(Path directory, Executor background) {
    return with(AccessControl.listeningOn("127.0.0.1", users(directory)), background);
  }

  /** The users file of a test directory. */
  public static UserStore users(Path directory) {
    return UserStore.open(directory.resolve("users.json"), Clock.systemUTC());
  }

  /** These access rules, nothing else. */
  public static Services with(AccessControl access, Executor background) {
    return new Services(
        access,
        nothing(ModelService.class),
        nothing(CampaignService.class),
        nothing(ComparisonService.class),
        nothing(CorpusService.class),
        nothing(InstanceService.class),
        nothing(AnnotationService.class),
        nothing(JobService.class),
        nothing(SystemService.class),
        background);
  }

  // Lists are empty, and whatever is asked for by name is not there.
  private static <T> T nothing(Class<T> service) {
    return service.cast(
        Proxy.newProxyInstance(
            service.getClassLoader(),
            new Class<?>[] {service},
            (proxy, method, arguments) -> {
              if (method.getReturnType() == List.class) {
                return List.of();
              }
              if (method.getReturnType() == Subscription.class) {
                return (Subscription) () -> {};
              }
              if (method.getReturnType() == SystemService.Health.class) {
                return new SystemService.Health("0", 1, List.of(), List.of());
              }
              throw new NotFoundException(
                  "thing", arguments == null ? "" : String.valueOf(arguments[0]));
            }));
  }
}
