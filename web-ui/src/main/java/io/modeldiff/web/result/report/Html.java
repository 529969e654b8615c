package io.modeldiff.web.result.report;

import java.util.List;

/** Pieces of HTML from text that may hold anything. */
final class Html {
  private Html() {}

  static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        // Control characters of sampled texts are not allowed in HTML; shown as a picture.
        default -> out.append(c < ' ' && c != '\n' && c != '\t' ? (char) ('\u2400' + c) : c);
      }
    }
    return out.toString();
  }

  static String table(List<String> head, List<List<String>> rows) {
    StringBuilder out = new StringBuilder("<table><thead><tr>");
    head.forEach(h -> out.append("<th>").append(escape(h)).append("</th>"));
    out.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      out.append("<tr>");
      row.forEach(cell -> out.append("<td>").append(escape(cell)).append("</td>"));
      out.append("</tr>");
    }
    return out.append("</tbody></table>").toString();
  }

  static String list(List<String> items) {
    StringBuilder out = new StringBuilder("<ul>");
    items.forEach(item -> out.append("<li>").append(escape(item)).append("</li>"));
    return out.append("</ul>").toString();
  }
}
