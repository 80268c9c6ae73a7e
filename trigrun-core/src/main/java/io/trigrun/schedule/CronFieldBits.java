package io.trigrun.schedule;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.FieldValue;

/** Turns the parser's tree of one field into the bits of its values. */
final class CronFieldBits {
  private CronFieldBits() {}

  static long of(CronField field, FieldExpression tree) {
    long bits = bits(field, tree, 1);
    if (field == CronField.DAY_OF_WEEK) {
      bits |= bits >> 7 & 1; // 7 is Sunday too
    }
    return bits & field.allBits();
  }

  private static long bits(CronField field, FieldExpression tree, int step) {
    if (tree instanceof Always) {
      return range(field.min, field.max, step);
    }
    if (tree instanceof On on) {
      return 1L << on.getTime().getValue();
    }
    if (tree instanceof Between between) {
      return range(number(between.getFrom()), number(between.getTo()), step);
    }
    if (tree instanceof Every every) {
      return bits(field, every.getExpression(), every.getPeriod().getValue());
    }
    if (tree instanceof And and) {
      return and.getExpressions().stream()
          .mapToLong(part -> bits(field, part, 1))
          .reduce(0, (a, b) -> a | b);
    }
    throw new IllegalStateException("a " + tree.getClass().getName() + " in field " + field);
  }

  private static int number(FieldValue<?> value) {
    return (Integer) value.getValue();
  }

  private static long range(int from, int to, int step) {
    long bits = 0;
    for (int value = from; value <= to; value += step) {
      bits |= 1L << value;
    }
    return bits;
  }
}
