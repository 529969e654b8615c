package io.modeldiff.web.result.condition;

import io.modeldiff.core.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a condition by recursive descent. */
final class Parser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\\d+\\.?\\d*(?:[eE][+-]?\\d+)?|\\.\\d+|[A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z0-9]+)*"
              + "|&&|\\|\\||>=|<=|==|!=|[><+\\-*/()])\\s*");
  private static final int DEEPEST = 50;

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private int next;
  private int depth;

  Parser(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw wrong("cannot be read from '" + text.substring(at) + "' on");
      }
      tokens.add(matcher.group(1));
      at = matcher.end();
    }
  }

  Node.Truth condition() {
    Node.Truth truth = either();
    if (next < tokens.size()) {
      throw wrong("has '" + tokens.get(next) + "' where it should end");
    }
    return truth;
  }

  private Node.Truth either() {
    Node.Truth truth = both();
    while (take("||")) {
      truth = new Node.Both(truth, both(), false);
    }
    return truth;
  }

  private Node.Truth both() {
    Node.Truth truth = comparison();
    while (take("&&")) {
      truth = new Node.Both(truth, comparison(), true);
    }
    return truth;
  }

  private Node.Truth comparison() {
    Node.Value x = sum();
    String operator = token();
    if (!operator.matches("[><]=?|[=!]=")) {
      throw wrong("needs one of > >= < <= == != where it has '" + operator + "'");
    }
    next++;
    return new Node.Comparison(x, operator, sum());
  }

  private Node.Value sum() {
    Node.Value value = product();
    while (true) {
      Node.Value left = value;
      if (take("+")) {
        Node.Value right = product();
        value = d -> left.of(d).plus(right.of(d));
      } else if (take("-")) {
        Node.Value right = product();
        value = d -> left.of(d).plus(right.of(d).negated());
      } else {
        return value;
      }
    }
  }

  private Node.Value product() {
    Node.Value value = factor();
    while (true) {
      Node.Value left = value;
      if (take("*")) {
        Node.Value right = factor();
        value = d -> left.of(d).times(right.of(d));
      } else if (take("/")) {
        value = Node.Value.quotient(left, factor());
      } else {
        return value;
      }
    }
  }

  private Node.Value factor() {
    if (++depth > DEEPEST) {
      throw wrong("is nested too deeply");
    }
    try {
      if (take("-")) {
        Node.Value value = factor();
        return d -> value.of(d).negated();
      }
      if (take("(")) {
        Node.Value value = sum();
        if (!take(")")) {
          throw wrong("lacks a ')'");
        }
        return value;
      }
      return leaf(token());
    } finally {
      depth--;
    }
  }

  private Node.Value leaf(String token) {
    next++;
    if (token.matches("[0-9.].*")) {
      Quantity number = Quantity.of(Double.parseDouble(token));
      return d -> number;
    }
    if (!token.matches("[A-Za-z].*")) {
      throw wrong(
          token.isEmpty()
              ? "ends too early"
              : "needs a number or a field where it has '" + token + "'");
    }
    if (!Fields.has(token)) {
      throw wrong("names '" + token + "', which no result has; its fields are " + Fields.names());
    }
    return Node.Value.field(token);
  }

  private String token() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private boolean take(String wanted) {
    if (token().equals(wanted)) {
      next++;
      return true;
    }
    return false;
  }

  private UserException wrong(String how) {
    return UserException.badInput(
        "The condition '" + text + "' " + how + "; write it like pdAB/countA>0.2.");
  }
}
