package io.modeldiff.web.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The numbers behind a chart, as text.
 *
 * @param columns headers, with units
 * @param rows one list of cells per row, as long as the columns
 */
public record DataTable(List<String> columns, List<List<String>> rows) {
  private static final int SHOWN = 500;

  /** A plain HTML table, which every screen reader can walk. */
  public Component render(String caption) {
    Element table = new Element("table");
    Element captionElement = new Element("caption");
    captionElement.setText(
        rows.size() > SHOWN
            ? caption + " (first " + SHOWN + " of " + rows.size() + " rows)"
            : caption);
    table.appendChild(captionElement, section("thead", "th", List.of(columns)));
    table.appendChild(section("tbody", "td", rows.subList(0, Math.min(SHOWN, rows.size()))));
    Div scroll = new Div();
    scroll.addClassName("md-table");
    scroll.getElement().setAttribute("tabindex", "0");
    scroll.getElement().appendChild(table);
    return scroll;
  }

  private static Element section(String tag, String cell, List<List<String>> rows) {
    Element section = new Element(tag);
    for (List<String> row : rows) {
      Element tr = new Element("tr");
      row.forEach(text -> tr.appendChild(new Element(cell).setText(text)));
      section.appendChild(tr);
    }
    return section;
  }

  /** A link that downloads the table as CSV (RFC 4180). */
  public Anchor download(String fileName) {
    DownloadHandler csv =
        DownloadHandler.fromInputStream(
            event -> {
              byte[] bytes = csv();
              return new DownloadResponse(
                  new ByteArrayInputStream(bytes), fileName, "text/csv", bytes.length);
            });
    return new Anchor(csv, AttachmentType.DOWNLOAD, "Download as CSV");
  }

  private byte[] csv() {
    String header = line(columns);
    return (header + rows.stream().map(DataTable::line).collect(Collectors.joining()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String line(List<String> cells) {
    return cells.stream().map(DataTable::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("(?s).*[\",\\r\\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
