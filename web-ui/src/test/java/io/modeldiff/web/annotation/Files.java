package io.modeldiff.web.annotation;

/** Lines of an import file. */
final class Files {
  private Files() {}

  static String head(String name, int overlap, int steps, int leaseSeconds) {
    return """
        {"kind":"project","project":"x","design":{"name":"%s","comparison":"none",\
        "terms":["pdAB","paAB"],"lambda":0,"strata":[{"direction":"AB","low":null,"high":0},\
        {"direction":"AB","low":0,"high":null}],"perBin":1000,"steps":%d,"overlap":%d,"blind":true,\
        "seed":7,"leaseSeconds":%d},"guidelines":[{"version":1,"text":"Score it.","cause":\
        {"who":"operator","why":"","at":"2026-11-22T08:00:00Z","requestId":"head"}}],"draws":1000}"""
        .formatted(name, steps, overlap, leaseSeconds);
  }

  static String item(int i) {
    double d = (i % 2 == 0 ? -1 : 1) * (0.01 + i % 100 / 200.0);
    return """
        {"kind":"item","item":{"id":"i%d","tokens":[1,2,%d],"text":"The text of item number %d",\
        "zA":%s,"zB":2.0,"draws":[{"stratum":%d,"count":1,"outOf":1000,"probability":0.001,\
        "log10Weight":3.5}]},"answers":[],"flags":[],"adjudication":null}"""
        .formatted(i, i, i, 2.0 + d, i % 2);
  }
}
