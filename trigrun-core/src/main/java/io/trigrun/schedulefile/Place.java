package io.trigrun.schedulefile;

import java.io.Serializable;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
public record Place(int line, int column) implements Comparable<Place>, Serializable {

  /** Where a file begins. */
  static final Place START = new Place(1, 1);

  @Override
  public int compareTo(Place other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  /** {@code line 7, column 12}. */
  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
